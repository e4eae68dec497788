package org.forgelog.domain.repository;

import java.util.Locale;
import java.util.regex.Pattern;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;

/** The name of a repository. It keeps its case; {@link #key()} is what makes it unique below its owner. */
public record RepositoryName(String value) {

    /** Longest name, in characters. */
    public static final int LIMIT = 100;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]+");

    public RepositoryName {
        if (value.length() > LIMIT) {
            throw Rejection.invalid(
                    "Repository", "name", Fault.CUSTOM, "name is too long (maximum is " + LIMIT + " characters)");
        }
        if (!FORM.matcher(value).matches() || value.equals(".") || value.equals("..")) {
            throw Rejection.invalid(
                    "Repository",
                    "name",
                    Fault.INVALID,
                    "name can only contain ASCII letters, digits, and the characters ., -, and _");
        }
    }

    /** The name without case, as it is unique and looked up. */
    public String key() {
        return value.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return value;
    }
}
