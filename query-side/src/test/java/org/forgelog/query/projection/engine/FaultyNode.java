package org.forgelog.query.projection.engine;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.query.TestTable;
import org.forgelog.query.projection.deployment.Projections;
import org.forgelog.query.projection.deployment.TableControl;
import org.forgelog.query.projection.projector.ProjectionVersion;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** A node that projects, in a process of its own that can be killed or frozen. */
public final class FaultyNode {

    private FaultyNode() {}

    /**
     * Dies like a killed process at its n-th request to the table: before it is sent when n is even, after it was
     * answered when n is odd.
     */
    private record Dies(int at, AtomicInteger requests) implements ExecutionInterceptor {

        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            if (requests.incrementAndGet() == at && at % 2 == 0) {
                Runtime.getRuntime().halt(137);
            }
        }

        @Override
        public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
            if (requests.get() >= at && at % 2 == 1) {
                Runtime.getRuntime().halt(137);
            }
        }
    }

    /** Starts one: it dies at request number {@code dieAt}, or never when that is 0. */
    static Process start(String name, String jdbcUrl, URI endpoint, int dieAt, Path output) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FaultyNode.class.getName(),
                        name,
                        jdbcUrl,
                        endpoint.toString(),
                        Integer.toString(dieAt)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
    }

    public static void main(String[] arguments) throws InterruptedException {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(arguments[1]);
        dataSource.setMaximumPoolSize(8);
        dataSource.setMinimumIdle(1);
        int dieAt = Integer.parseInt(arguments[3]);
        ExecutionInterceptor[] interceptors = dieAt == 0
                ? new ExecutionInterceptor[0]
                : new ExecutionInterceptor[] {new Dies(dieAt, new AtomicInteger())};
        Projections projections = new Projections(
                dataSource,
                new EventCodec(),
                new LogSignals(dataSource),
                FaultyClients.at(URI.create(arguments[2]), interceptors),
                new TableControl(dataSource),
                ProjectionVersion.CURRENT,
                new SimpleMeterRegistry(),
                new Projections.Settings(
                        arguments[0], TestTable.NAME, true, true, 8, false, false, Duration.ofSeconds(60)));
        projections.start();
        Thread.currentThread().join();
    }
}
