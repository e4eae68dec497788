package org.forgelog.eventlog;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * How far a reader must be to see what a command did: opaque to clients, who carry it from an answer to later requests.
 *
 * @param index position in the log
 * @param sequences the sequences that matter; others may lag behind
 */
public record Position(long index, Set<String> sequences) {

    private static final Pattern FORM = Pattern.compile("p1 (\\d{1,19})((?: [ar]:\\d{1,19}){0,64})");

    public Position {
        sequences = Set.copyOf(sequences);
    }

    /** The form that clients carry. */
    public String encode() {
        StringBuilder text = new StringBuilder("p1 ").append(index);
        new TreeSet<>(sequences)
                .stream().limit(64).forEach(s -> text.append(' ').append(s));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalArgumentException when {@code encoded} was not made by {@link #encode()} */
    public static Position parse(String encoded) {
        var matcher = FORM.matcher(new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a position");
        }
        String sequences = matcher.group(2).strip();
        return new Position(
                Long.parseLong(matcher.group(1)), sequences.isEmpty() ? Set.of() : Set.of(sequences.split(" ")));
    }
}
