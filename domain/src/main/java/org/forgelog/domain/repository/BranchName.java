package org.forgelog.domain.repository;

import java.util.regex.Pattern;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.Texts;
import org.jspecify.annotations.Nullable;

/**
 * The name of a branch, taken as given: there is no git here to ask whether it exists.
 *
 * @see <a href="https://git-scm.com/docs/git-check-ref-format">git check-ref-format</a>, whose rules these are
 */
public record BranchName(String value) {

    /** Longest name, in characters. */
    public static final int LIMIT = 255;

    private static final Pattern FORBIDDEN =
            Pattern.compile("[\\x00-\\x20\\x7f~^:?*\\[\\\\]|\\.\\.|@\\{|//|^[-/.]|[/.]$|\\.lock$|/\\.");

    /** @throws Rejection when git would not take the name; {@code resource} and {@code field} say where it stood */
    public static BranchName of(String resource, String field, @Nullable String value) {
        String text = Texts.requiredLine(resource, field, value, LIMIT);
        if (FORBIDDEN.matcher(text).find()) {
            throw Rejection.invalid(resource, field, Fault.INVALID, field + " is not a valid branch name");
        }
        return new BranchName(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
