package org.forgelog.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Text for a screen of {@value #WIDTH} columns. */
final class Text {

    static final int WIDTH = 80;

    private Text() {}

    /** Prints a text, broken at spaces; its second and later lines are indented by {@code indent}. */
    static void print(PrintWriter out, String text, int indent) {
        wrapped(text, indent).forEach(out::println);
    }

    /** A word that is longer than a line has a line to itself. */
    static List<String> wrapped(String text, int indent) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int leading = text.length() - text.stripLeading().length();
        line.append(" ".repeat(leading));
        boolean empty = true;
        for (String word : text.strip().split("\\s+", -1)) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(" ".repeat(indent));
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }

    /** One line of at most {@code width} characters. */
    static String cut(String text, int width) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= width ? line : line.substring(0, Math.max(0, width - 1)) + "…";
    }
}
