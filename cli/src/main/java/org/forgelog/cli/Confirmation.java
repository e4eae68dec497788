package org.forgelog.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import picocli.CommandLine.Option;

/** {@code --yes}, and the question that is asked without it. */
public final class Confirmation {

    @Option(
            names = {"-y", "--yes"},
            description = "Do it without asking.")
    private boolean yes;

    /**
     * Goes on when that is wanted.
     *
     * @param consequence what is about to happen, as a sentence
     * @throws CliFailure when it is not wanted, or there is nobody to ask
     */
    public void ask(ServiceOptions options, PrintWriter out, String consequence) {
        if (yes) {
            return;
        }
        BufferedReader keyboard = options.terminal().keyboard();
        if (keyboard == null || options.json()) {
            throw new CliFailure(ExitCodes.USAGE, consequence + " Say --yes if that is what you want.");
        }
        Text.print(out, consequence, 0);
        out.print("Go on? [y/N] ");
        out.flush();
        String answer;
        try {
            answer = keyboard.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
            throw new CliFailure(ExitCodes.USAGE, "nothing was done.");
        }
    }
}
