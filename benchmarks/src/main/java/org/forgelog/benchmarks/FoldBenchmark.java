package org.forgelog.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.Main;

/** Runs the microbenchmarks, with JMH's own options. */
public final class FoldBenchmark {

    private FoldBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Main.main(arguments);
    }
}
