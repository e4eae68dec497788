package org.forgelog.api;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a token was granted.
 *
 * @param words as they were asked for when it was issued, also those that mean nothing here
 */
public record Scopes(List<String> words) {

    public static final Scopes NONE = new Scopes(List.of());

    /** All that mean something. */
    public static final Scopes ALL =
            new Scopes(Arrays.stream(Scope.values()).map(Scope::word).sorted().toList());

    public Scopes {
        words = List.copyOf(words);
    }

    /** Whether one of {@code accepted} was granted, or one that contains it; also where none is needed. */
    public boolean allow(List<Scope> accepted) {
        return accepted.isEmpty() || accepted.stream().anyMatch(this::has);
    }

    public boolean has(Scope wanted) {
        return words.stream().flatMap(word -> Scope.of(word).stream()).anyMatch(granted -> granted.covers(wanted));
    }

    /** As headers write them. */
    public static String text(List<Scope> scopes) {
        return scopes.stream().map(Scope::word).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return String.join(", ", words);
    }
}
