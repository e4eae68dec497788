package org.forgelog.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of text under a heading, in columns as wide as they need to be and the screen allows. */
public final class Table {

    /** Longer cells are cut, so that a body does not fill the screen. */
    private static final int WIDEST = 48;
    /** No column is made narrower than this to fit. */
    private static final int NARROWEST = 5;

    private static final int GAP = 2;

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();
    private int styledColumn = -1;
    private @Nullable UnaryOperator<String> style;

    public Table(String... headings) {
        this.headings = List.of(headings);
    }

    /** @param cells as many as there are headings */
    public Table row(Object... cells) {
        rows.add(Stream.of(cells)
                .map(cell -> Text.cut(String.valueOf(cell), WIDEST))
                .toList());
        return this;
    }

    /** Colours the cells of one column. */
    Table style(int column, UnaryOperator<String> ofCell) {
        styledColumn = column;
        style = ofCell;
        return this;
    }

    public List<String> headings() {
        return headings;
    }

    public List<List<String>> rows() {
        return List.copyOf(rows);
    }

    /** @param indent before each line */
    public List<String> lines(String indent) {
        int[] widths = widths(Text.WIDTH - indent.length());
        List<String> lines = new ArrayList<>();
        lines.add(indent + line(headings, widths, false));
        rows.forEach(row -> lines.add(indent + line(row, widths, true)));
        return lines;
    }

    private int[] widths(int room) {
        int[] widths = new int[headings.size()];
        Stream.concat(Stream.of(headings), rows.stream()).forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (int all = total(widths); all > room; all--) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= NARROWEST) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static int total(int[] widths) {
        int total = GAP * (widths.length - 1);
        for (int width : widths) {
            total += width;
        }
        return total;
    }

    private String line(List<String> cells, int[] widths, boolean styled) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = Text.cut(cells.get(i), widths[i]);
            UnaryOperator<String> colour = style;
            line.append(styled && colour != null && i == styledColumn ? colour.apply(cell) : cell)
                    .append(" ".repeat(widths[i] - cell.length() + GAP));
        }
        return line.toString().stripTrailing();
    }
}
