package org.forgelog.query.table;

import java.util.Locale;

/** The kinds of items, as their {@code type} attribute says. */
public enum ItemType {
    LOGIN,
    REPOSITORY_NAME,
    ACCOUNT,
    EMAILS,
    SITE_ADMIN,
    MEMBER,
    COLLABORATOR,
    INVITATION,
    REPOSITORY,
    LISTING,
    COUNTERS,
    CONTRIBUTORS,
    ISSUE,
    PULL_REQUEST,
    BODY,
    ISSUE_EDGE,
    PULL_EDGE,
    LABEL,
    LABEL_NAME,
    MILESTONE,
    STAR,
    SUBSCRIPTION,
    COMMENT,
    COMMENT_PLACE,
    REACTION,
    FEED,
    HISTORY,
    SWEEP;

    /** The word in the table. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
