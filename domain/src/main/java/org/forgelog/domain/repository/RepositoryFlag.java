package org.forgelog.domain.repository;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The switches of a repository that only clients give a meaning to, with what they are unless said otherwise. */
public enum RepositoryFlag {
    HAS_ISSUES(true),
    HAS_PROJECTS(true),
    HAS_WIKI(true),
    HAS_DISCUSSIONS(false),
    HAS_DOWNLOADS(true),
    HAS_PULL_REQUESTS(true),
    IS_TEMPLATE(false),
    ALLOW_SQUASH_MERGE(true),
    ALLOW_MERGE_COMMIT(true),
    ALLOW_REBASE_MERGE(true),
    ALLOW_AUTO_MERGE(false),
    ALLOW_UPDATE_BRANCH(false),
    ALLOW_FORKING(true),
    DELETE_BRANCH_ON_MERGE(false),
    USE_SQUASH_PR_TITLE_AS_DEFAULT(false),
    WEB_COMMIT_SIGNOFF_REQUIRED(false);

    private final boolean byDefault;

    RepositoryFlag(boolean byDefault) {
        this.byDefault = byDefault;
    }

    /** The field as clients spell it. */
    public String field() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean byDefault() {
        return byDefault;
    }

    /** Every flag at its default. */
    public static Map<RepositoryFlag, Boolean> defaults() {
        Map<RepositoryFlag, Boolean> flags = new EnumMap<>(RepositoryFlag.class);
        for (RepositoryFlag flag : values()) {
            flags.put(flag, flag.byDefault);
        }
        return flags;
    }
}
