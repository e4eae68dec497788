package org.forgelog.domain.repository;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The settings of a repository that take one of a few words; the first word is the default. */
public enum RepositoryOption {
    SQUASH_MERGE_COMMIT_TITLE("COMMIT_OR_PR_TITLE", "PR_TITLE"),
    SQUASH_MERGE_COMMIT_MESSAGE("COMMIT_MESSAGES", "PR_BODY", "BLANK"),
    MERGE_COMMIT_TITLE("MERGE_MESSAGE", "PR_TITLE"),
    MERGE_COMMIT_MESSAGE("PR_TITLE", "PR_BODY", "BLANK"),
    PULL_REQUEST_CREATION_POLICY("all", "collaborators_only");

    private final List<String> words;

    RepositoryOption(String... words) {
        this.words = List.of(words);
    }

    /** The field as clients spell it. */
    public String field() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words it takes. */
    public List<String> words() {
        return words;
    }

    /** Every option at its default. */
    public static Map<RepositoryOption, String> defaults() {
        Map<RepositoryOption, String> options = new EnumMap<>(RepositoryOption.class);
        for (RepositoryOption option : values()) {
            options.put(option, option.words.getFirst());
        }
        return options;
    }
}
