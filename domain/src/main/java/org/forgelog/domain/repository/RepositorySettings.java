package org.forgelog.domain.repository;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.forgelog.domain.Change;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.Texts;
import org.jspecify.annotations.Nullable;

/**
 * How a repository is set up.
 *
 * @param about a short line beside the description
 * @param language its main programming language, as told, since there is no code to look at
 * @param isPrivate whether only those with rights on it may know of it
 */
public record RepositorySettings(
        @Nullable String description,
        @Nullable String about,
        @Nullable String homepage,
        @Nullable String language,
        String defaultBranch,
        boolean isPrivate,
        Map<RepositoryFlag, Boolean> flags,
        Map<RepositoryOption, String> options) {

    /** The branch a repository has unless told otherwise. */
    public static final String DEFAULT_BRANCH = "main";
    /** Longest description, in characters. */
    public static final int DESCRIPTION_LIMIT = 350;
    /** Longest of the other texts, in characters. */
    public static final int LINE_LIMIT = 255;

    public static final RepositorySettings DEFAULT = new RepositorySettings(
            null, null, null, null, DEFAULT_BRANCH, false, RepositoryFlag.defaults(), RepositoryOption.defaults());

    public RepositorySettings {
        flags = Map.copyOf(flags);
        options = Map.copyOf(options);
    }

    /** Which settings change; a {@code null} component, or a missing key, leaves its setting alone. */
    public record Changes(
            @Nullable Change<String> description,
            @Nullable Change<String> about,
            @Nullable Change<String> homepage,
            @Nullable Change<String> language,
            @Nullable String defaultBranch,
            @Nullable Boolean isPrivate,
            Map<RepositoryFlag, Boolean> flags,
            Map<RepositoryOption, String> options) {

        public Changes {
            flags = Map.copyOf(flags);
            options = Map.copyOf(options);
        }

        /** Whether nothing changes. */
        public boolean changesNothing() {
            return description == null
                    && about == null
                    && homepage == null
                    && language == null
                    && defaultBranch == null
                    && isPrivate == null
                    && flags.isEmpty()
                    && options.isEmpty();
        }

        /** These changes without those that would leave {@code before} as it is. */
        Changes against(RepositorySettings before) {
            Map<RepositoryFlag, Boolean> changedFlags = new EnumMap<>(RepositoryFlag.class);
            flags.forEach((flag, value) -> {
                if (before.flag(flag) != value) {
                    changedFlags.put(flag, value);
                }
            });
            Map<RepositoryOption, String> changedOptions = new EnumMap<>(RepositoryOption.class);
            options.forEach((option, value) -> {
                if (!value.equals(before.option(option))) {
                    changedOptions.put(option, value);
                }
            });
            return new Changes(
                    Change.unlessSame(description, before.description),
                    Change.unlessSame(about, before.about),
                    Change.unlessSame(homepage, before.homepage),
                    Change.unlessSame(language, before.language),
                    Objects.equals(defaultBranch, before.defaultBranch) ? null : defaultBranch,
                    Objects.equals(isPrivate, before.isPrivate) ? null : isPrivate,
                    changedFlags,
                    changedOptions);
        }

        /** Refuses what is too long or not one of the words; nothing stored is ever judged by it. */
        void validate() {
            line("description", description, DESCRIPTION_LIMIT);
            line("about", about, LINE_LIMIT);
            line("homepage", homepage, LINE_LIMIT);
            line("language", language, LINE_LIMIT);
            if (defaultBranch != null) {
                BranchName.of("Repository", "default_branch", defaultBranch);
            }
            options.forEach((option, word) -> {
                if (!option.words().contains(word)) {
                    throw Rejection.invalid(
                            "Repository",
                            option.field(),
                            Fault.INVALID,
                            option.field() + " must be one of " + String.join(", ", option.words()));
                }
            });
        }

        private static void line(String field, @Nullable Change<String> change, int limit) {
            if (change != null) {
                Texts.line("Repository", field, change.value(), limit);
            }
        }
    }

    public boolean flag(RepositoryFlag flag) {
        return flags.getOrDefault(flag, flag.byDefault());
    }

    public String option(RepositoryOption option) {
        return options.getOrDefault(option, option.words().getFirst());
    }

    public RepositorySettings with(Changes changes) {
        Map<RepositoryFlag, Boolean> flagsAfter = new EnumMap<>(RepositoryFlag.class);
        flagsAfter.putAll(flags);
        flagsAfter.putAll(changes.flags);
        Map<RepositoryOption, String> optionsAfter = new EnumMap<>(RepositoryOption.class);
        optionsAfter.putAll(options);
        optionsAfter.putAll(changes.options);
        return new RepositorySettings(
                Change.apply(changes.description, description),
                Change.apply(changes.about, about),
                Change.apply(changes.homepage, homepage),
                Change.apply(changes.language, language),
                changes.defaultBranch == null ? defaultBranch : changes.defaultBranch,
                changes.isPrivate == null ? isPrivate : changes.isPrivate,
                flagsAfter,
                optionsAfter);
    }
}
