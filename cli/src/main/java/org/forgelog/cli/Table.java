package org.forgelog.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rows of text under a heading, in columns as wide as they need to be. */
public final class Table {

    /** Longer cells are cut, so that a body does not fill the screen. */
    private static final int WIDEST = 48;

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        this.headings = List.of(headings);
    }

    /** @param cells as many as there are headings */
    public Table row(Object... cells) {
        rows.add(Stream.of(cells).map(Table::cell).toList());
        return this;
    }

    public List<String> headings() {
        return headings;
    }

    public List<List<String>> rows() {
        return List.copyOf(rows);
    }

    private static String cell(Object value) {
        String text = String.valueOf(value).replaceAll("\\p{Cntrl}", " ");
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
    }

    /** @param indent before each line */
    public List<String> lines(String indent) {
        int[] widths = new int[headings.size()];
        Stream.concat(Stream.of(headings), rows.stream()).forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        List<String> lines = new ArrayList<>();
        lines.add(indent + line(headings, widths));
        rows.forEach(row -> lines.add(indent + line(row, widths)));
        return lines;
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(cells.get(i)).append(" ".repeat(widths[i] - cells.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
