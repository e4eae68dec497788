package org.forgelog.query.read;

import java.util.List;

/** Keys that answers of many patterns take, as {@link AccessPattern} writes them. */
public final class KeysAlong {

    /** What entries of feeds name. */
    static final String NAMED = "the issues and pull requests (`R#r#I / n`, `R#r#P / n`), comments"
            + " (`C#R#r#I#n / created#c`, `C#R#r#P#n / created#c`), forks and accounts that it names";

    /** What else is read of what an account owns. */
    static final String PRIVATE_TOO =
            "; for who sees all that is private `OWN#a#H`, for others who are signed in `G#a` and `R#r / R` of each";

    static final String NAMED_ANYWHERE = NAMED + "; query `R#r#L` (labels) where the node has not met those";

    /**
     * Besides their own: people, site administrators and what people are judged by, labels, milestones, contributors, long bodies, and the repositories, with their
     * counts, that pull requests come from and go to; and the pull request of an issue's number, where it may be that.
     */
    public static final List<String> ALL = List.of(
            "`L#login`",
            "`A#a / A`",
            "`ADMINS / a`",
            "`G#a / r`",
            "`A#org / M#a`",
            "`R#r#L / label`",
            "`R#r#M / n`",
            "`R#r#K / K`",
            "`R#r / R`",
            "`R#r / C`",
            "`R#r / F`",
            "`R#r#P / n`",
            "`R#r#I / n#B`",
            "`R#r#P / n#B`",
            "`C#R#r#I#n#B / created#c`",
            "`C#R#r#P#n#B / created#c`");

    private KeysAlong() {}
}
