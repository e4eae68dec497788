package org.forgelog.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * What we talk to.
 *
 * @param redraws whether a line or the screen can be drawn again
 * @param colours whether text may be coloured
 * @param keyboard where somebody answers questions; {@code null} where nobody does
 */
public record Terminal(boolean redraws, boolean colours, @Nullable BufferedReader keyboard) {

    /** A file, a pipe, a program: nothing is drawn again, nothing is coloured, nobody is asked. */
    public static final Terminal NONE = new Terminal(false, false, null);

    private static final String HOME = "\u001b[H";
    private static final String END_OF_LINE = "\u001b[K";
    private static final String BELOW = "\u001b[J";
    private static final String CLEAR = "\u001b[2J";

    /** Without colours where the user wants none. See <a href="https://no-color.org">no-color.org</a>. */
    Terminal in(Map<String, String> environment) {
        boolean unwanted = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(redraws, colours && !unwanted, keyboard);
    }

    Ansi ansi() {
        return colours ? Ansi.ON : Ansi.OFF;
    }

    /** @param style one of picocli's, {@code fg(green)} for instance */
    String styled(String style, String text) {
        return colours ? Ansi.ON.string("@|" + style + " " + text + "|@") : text;
    }

    /** Begins a screen that is {@linkplain #draw drawn again and again}. */
    void clear(PrintWriter out) {
        if (redraws) {
            out.print(CLEAR);
        }
    }

    /** Draws a screen over the one before, without flicker; elsewhere, prints it below the one before. */
    void draw(PrintWriter out, Consumer<PrintWriter> screen) {
        if (!redraws) {
            screen.accept(out);
            return;
        }
        StringWriter drawn = new StringWriter();
        screen.accept(new PrintWriter(drawn, true));
        out.print(HOME);
        drawn.toString().lines().forEach(line -> out.print(line + END_OF_LINE + System.lineSeparator()));
        out.print(BELOW);
        out.flush();
    }
}
