package org.forgelog.eventlog;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * How far a reader must be to see what a command did: what clients carry from an answer to
 * later requests, as {@link SignedPositions} write it.
 *
 * @param index position in the log
 * @param sequences the sequences that matter; others may lag behind
 */
public record Position(long index, Set<String> sequences) {

    private static final int MOST = 64;

    private static final Pattern FORM = Pattern.compile("p1 (\\d{1,19})((?: [ar]:\\d{1,19}){0,64})");

    public Position {
        sequences = Set.copyOf(sequences);
    }

    /** The form in which it is kept; at most {@value #MOST} sequences. */
    public String text() {
        StringBuilder text = new StringBuilder("p1 ").append(index);
        new TreeSet<>(sequences)
                .stream().limit(MOST).forEach(s -> text.append(' ').append(s));
        return text.toString();
    }

    /** @throws IllegalArgumentException when {@code text} was not made by {@link #text()} */
    public static Position parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a position");
        }
        String sequences = matcher.group(2).strip();
        return new Position(
                Long.parseLong(matcher.group(1)), sequences.isEmpty() ? Set.of() : Set.of(sequences.split(" ")));
    }
}
