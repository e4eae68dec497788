package org.forgelog.query.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.forgelog.query.projection.deployment.TableVerifier.Difference;
import org.forgelog.query.projection.deployment.TableVerifier.Kind;
import org.jspecify.annotations.Nullable;

/**
 * An item as it was read from the table, held against the log: it is right when it is what the log says at the item's own
 * position, and nothing later that the table must have changes it. So an item may be judged while it goes on changing.
 */
final class ObservedItem {

    /** What counts something that is elsewhere. */
    private static final Set<String> COUNTS = Set.of(
            "stars",
            "open_issues",
            "open_pulls",
            "comments",
            "review_comments",
            "reactions",
            "public_repositories",
            "private_repositories",
            "forks",
            "network");

    private final Key key;
    private final @Nullable Map<String, Object> actual;
    private final long position;
    private @Nullable Map<String, Object> then;
    private long last;
    private boolean stale;
    private @Nullable Map<String, Object> required;
    private boolean mayBeGone;

    /** @param actual {@code null} when there is none */
    ObservedItem(Key key, @Nullable Map<String, Object> actual) {
        this.key = key;
        this.actual = actual;
        this.position = actual == null ? Long.MAX_VALUE : CanonicalItem.number(actual, "pos");
    }

    Key key() {
        return key;
    }

    /**
     * The log changes the item; told in the order of positions.
     *
     * @param item {@code null} when none is left
     * @param must whether the table must have the change by now
     */
    void changed(long at, @Nullable Map<String, Object> item, boolean must) {
        if (at <= position) {
            then = item;
            last = at;
        } else {
            stale |= must;
        }
        if (must) {
            required = item;
        }
    }

    /** What it was part of is deleted, and may have been removed with it. */
    void mayBeGone() {
        mayBeGone = true;
    }

    /** What is wrong; {@code null} when nothing is. */
    @Nullable
    Difference check(long nowSeconds) {
        if (mayBeGone) {
            return null;
        }
        if (actual == null) {
            return required == null || isForgotten(required, nowSeconds) ? null : difference(key, required, null);
        }
        // An edge bears the position of a batch's last change to its issue.
        if ((last == position || key.isEdge())
                && then != null
                && !stale
                && differing(then, actual).isEmpty()) {
            return null;
        }
        return difference(key, stale || (last != position && !key.isEdge()) ? required : then, actual);
    }

    /** Whether DynamoDB may have dropped it by {@code nowSeconds}. */
    static boolean isForgotten(Map<String, Object> item, long nowSeconds) {
        return item.containsKey("ttl") && CanonicalItem.number(item, "ttl") < nowSeconds;
    }

    static Difference difference(
            Key key, @Nullable Map<String, Object> expected, @Nullable Map<String, Object> actual) {
        List<String> names = expected == null || actual == null ? List.of() : differing(expected, actual);
        Kind kind = expected == null
                ? Kind.UNEXPECTED
                : actual == null ? Kind.MISSING : COUNTS.containsAll(names) ? Kind.WRONG_COUNT : Kind.DIFFERENT;
        return new Difference(kind, key.pk(), key.sk(), names, expected, actual);
    }

    /** The attributes in which they differ, beyond what may be. */
    static List<String> differing(Map<String, Object> expected, Map<String, Object> actual) {
        Set<String> names = new TreeSet<>(expected.keySet());
        names.addAll(actual.keySet());
        if (CanonicalItem.isEdge(expected)) {
            names.remove("pos");
        }
        // Who went on after a stop is dated by that, and forgotten later.
        boolean later = expected.containsKey("at")
                && actual.get("at") instanceof Long at
                && at > CanonicalItem.number(expected, "at");
        List<String> differing = new ArrayList<>();
        for (String name : names) {
            Object a = expected.get(name);
            Object b = actual.get(name);
            boolean mayDiffer = later
                    && (name.equals("at")
                            || (name.equals("ttl")
                                    && expected.containsKey("tombstone")
                                    && CanonicalItem.number(actual, "ttl") > CanonicalItem.number(expected, "ttl")));
            if (!mayDiffer && (a == null || !a.equals(b))) {
                differing.add(name);
            }
        }
        return differing;
    }
}
