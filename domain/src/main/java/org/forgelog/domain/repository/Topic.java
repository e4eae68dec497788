package org.forgelog.domain.repository;

import java.util.List;
import java.util.regex.Pattern;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;

/** A word that a repository is found by: lower case letters, digits and hyphens, beginning with a letter or digit. */
public record Topic(String value) {

    /** Longest topic, in characters. */
    public static final int LIMIT = 50;
    /** Most topics that a repository has. */
    public static final int COUNT_LIMIT = 20;

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0," + (LIMIT - 1) + "}");

    public Topic {
        if (!FORM.matcher(value).matches()) {
            throw Rejection.invalid(
                    "Repository",
                    "names",
                    Fault.INVALID,
                    "Topics must start with a lowercase letter or number, consist of " + LIMIT
                            + " characters or less, and can include hyphens.");
        }
    }

    /** Each of {@code topics} once, as text, when they are not too many. */
    static List<String> values(List<Topic> topics) {
        List<String> values = topics.stream().map(Topic::value).distinct().toList();
        if (values.size() > COUNT_LIMIT) {
            throw Rejection.invalid(
                    "Repository",
                    "names",
                    Fault.CUSTOM,
                    "A repository cannot have more than " + COUNT_LIMIT + " topics.");
        }
        return values;
    }

    @Override
    public String toString() {
        return value;
    }
}
