package org.forgelog.api.openapi;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.forgelog.api.openapi.Choices.Affiliation;
import org.forgelog.api.openapi.Parameter.Invalid;
import org.forgelog.api.openapi.Parameter.Parser;
import org.forgelog.domain.PublicIds;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.conversation.Triage;
import org.forgelog.domain.reaction.ReactionContent;
import org.jspecify.annotations.Nullable;

/** The kinds of parameters that there are: how each is described and how its text is read. */
final class ParameterTypes {

    /** Most entries on a page. */
    private static final int LARGEST_PAGE = 100;

    private ParameterTypes() {}

    static <T extends @Nullable Object> Parameter<T> query(String name, Schema schema, Parser<T> parser) {
        return new Parameter<>(Parameter.QUERY, name, schema, null, null, parser);
    }

    /** One whose text is taken as it is. */
    static Parameter<@Nullable String> query(String name, Schema schema) {
        return ParameterTypes.<@Nullable String>query(name, schema, text -> text);
    }

    static Parameter<@Nullable String> text(String name) {
        return query(name, Schema.text());
    }

    static Parameter<@Nullable String> header(String name, Schema schema) {
        return new Parameter<@Nullable String>(Parameter.HEADER, name, schema, null, null, text -> text);
    }

    static Parameter<String> path(String name, Schema schema, String description) {
        return new Parameter<>(Parameter.PATH, name, schema, description, name, ParameterTypes::sent);
    }

    static Parameter<Long> idInPath(String name, String description) {
        return new Parameter<>(Parameter.PATH, name, Schema.id(), description, name, text -> id(sent(text)));
    }

    private static String sent(@Nullable String text) {
        return Objects.requireNonNull(text, "a part of the path");
    }

    private static long id(String text) {
        if (text.matches("[0-9]{1,16}")) {
            long id = Long.parseLong(text);
            if (id >= 1 && id <= PublicIds.MAX) {
                return id;
            }
        }
        throw new Invalid(Fault.INVALID, "is no id");
    }

    static Parameter<Integer> perPage(int otherwise) {
        return query(
                        "per_page",
                        Schema.whole().with("minimum", 1).otherwise(otherwise),
                        text -> whole(text, otherwise, LARGEST_PAGE))
                .described("Entries on a page; more than 100 count as 100.");
    }

    /** A number from 1; what is none counts as not sent, what is less as 1, what is more than {@code most} as that. */
    static int whole(@Nullable String text, int otherwise, int most) {
        if (text == null || !text.matches("-?[0-9]+")) {
            return otherwise;
        }
        if (text.startsWith("-")) {
            return 1;
        }
        return text.length() > 9 ? most : Math.clamp(Integer.parseInt(text), 1, most);
    }

    /** One of some words; the first counts when nothing was sent. */
    static <T extends @Nullable Object> Parameter<T> choice(
            String name, List<String> words, Function<String, T> meaning) {
        return choice(name, words.getFirst(), words, meaning);
    }

    private static <T extends @Nullable Object> Parameter<T> choice(
            String name, String otherwise, List<String> words, Function<String, T> meaning) {
        return ParameterTypes.<T>query(
                name,
                Schema.words(words).otherwise(otherwise),
                text -> meaning.apply(text == null ? otherwise : word(text, words)));
    }

    static Parameter<String> words(String name, String... words) {
        return choice(name, List.of(words), word -> word);
    }

    /** One of some constants; the first counts when nothing was sent. */
    @SafeVarargs
    static <E extends Enum<E>> Parameter<E> oneOf(String name, E... values) {
        return oneOf(name, values[0], Arrays.asList(values));
    }

    /** One of some constants, or none of them when nothing was sent. */
    @SafeVarargs
    static <E extends Enum<E>> Parameter<@Nullable E> maybeOneOf(String name, E... values) {
        Map<String, E> byWord = new LinkedHashMap<>();
        Arrays.stream(values).forEach(value -> byWord.put(word(value), value));
        List<String> words = List.copyOf(byWord.keySet());
        return ParameterTypes.<@Nullable E>query(
                name, Schema.words(words), text -> text == null ? null : byWord.get(word(text, words)));
    }

    static <E extends Enum<E>> Parameter<E> oneOf(String name, E otherwise, List<E> values) {
        Map<String, E> byWord = new LinkedHashMap<>();
        values.forEach(value -> byWord.put(word(value), value));
        return choice(
                name, word(otherwise), List.copyOf(byWord.keySet()), word -> Objects.requireNonNull(byWord.get(word)));
    }

    private static String word(Enum<?> value) {
        return value.toString().toLowerCase(Locale.ROOT);
    }

    private static String word(String text, List<String> words) {
        if (!words.contains(text)) {
            throw new Invalid(Fault.INVALID, "must be one of " + String.join(", ", words));
        }
        return text;
    }

    static Parameter<@Nullable Boolean> state(String otherwise) {
        return ParameterTypes.<@Nullable Boolean>choice(
                "state",
                otherwise,
                List.of("open", "closed", "all"),
                word -> word.equals("all") ? null : word.equals("open"));
    }

    static Schema direction() {
        return Schema.words(DIRECTIONS);
    }

    private static final List<String> DIRECTIONS = List.of("asc", "desc");

    static Parameter<@Nullable Boolean> maybeDescending() {
        return ParameterTypes.<@Nullable Boolean>query(
                "direction", direction(), text -> text == null ? null : Boolean.valueOf(isDescending(text, true)));
    }

    static boolean isDescending(@Nullable String text, boolean otherwise) {
        return text == null ? otherwise : word(text, DIRECTIONS).equals("desc");
    }

    static Parameter<@Nullable Instant> instant(String name) {
        return ParameterTypes.<@Nullable Instant>query(name, Schema.instant(), ParameterTypes::moment);
    }

    private static @Nullable Instant moment(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            // A plus that was not escaped arrives as a space.
            return Moments.read(text.replace(' ', '+'));
        } catch (DateTimeException e) {
            throw new Invalid(Fault.INVALID, "must be like 2026-01-31T12:00:00Z");
        }
    }

    private static List<String> list(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .toList();
    }

    static List<String> labels(@Nullable String text) {
        List<String> labels = list(text);
        if (labels.size() > Triage.LABEL_LIMIT) {
            throw new Invalid(Fault.CUSTOM, "are too many (maximum is " + Triage.LABEL_LIMIT + ")");
        }
        return labels;
    }

    static @Nullable String login(@Nullable String text) {
        try {
            return text == null ? null : new Login(text).value();
        } catch (Rejection malformed) {
            throw new Invalid(Fault.INVALID, "is no login");
        }
    }

    static @Nullable String milestone(@Nullable String text) {
        if (text != null && !text.matches("none|\\*|[0-9]{1,16}")) {
            throw new Invalid(Fault.INVALID, "must be a number, none or *");
        }
        return text;
    }

    static @Nullable ReactionContent content(@Nullable String text) {
        // A plus that was not escaped arrives as a space.
        return text == null ? null : ReactionContent.of(text.equals(" 1") ? "+1" : text);
    }

    static @Nullable Set<Affiliation> affiliations(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Set<Affiliation> affiliations = EnumSet.noneOf(Affiliation.class);
        for (String word : text.split(",", -1)) {
            affiliations.add(Arrays.stream(Affiliation.values())
                    .filter(value -> word(value).equals(word.strip()))
                    .findFirst()
                    .orElseThrow(() ->
                            new Invalid(Fault.INVALID, "must list some of owner, collaborator, organization_member")));
        }
        return affiliations;
    }
}
