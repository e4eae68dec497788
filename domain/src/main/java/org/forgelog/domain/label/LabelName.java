package org.forgelog.domain.label;

import java.util.Locale;
import java.util.Set;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.Texts;
import org.jspecify.annotations.Nullable;

/** The name of a label. It keeps its case; {@link #key()} is what makes it unique in its repository. */
public record LabelName(String value) {

    /** Longest name, in characters (code points). */
    public static final int LIMIT = 50;

    private static final Set<String> USUAL = Set.of(
            "bug",
            "documentation",
            "duplicate",
            "enhancement",
            "good first issue",
            "help wanted",
            "invalid",
            "question",
            "wontfix");

    public LabelName {
        Texts.requiredLine("Label", "name", value, LIMIT);
        if (!value.equals(value.strip())) {
            throw Rejection.invalid("Label", "name", Fault.INVALID, "name must not begin or end with a blank");
        }
    }

    /** @throws Rejection also when there is no name at all */
    public static LabelName of(@Nullable String value) {
        return new LabelName(Texts.requiredLine("Label", "name", value, LIMIT));
    }

    /** The name without case, as it is unique and looked up. */
    public String key() {
        return key(value);
    }

    /** What {@code name} would be looked up by, whether or not it can be the name of a label. */
    public static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Whether a label of this name counts as one of those that a forge's users know everywhere. */
    public static boolean isUsual(String name) {
        return USUAL.contains(key(name));
    }

    @Override
    public String toString() {
        return value;
    }
}
