package org.forgelog.command.importing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.forgelog.domain.Permission;
import org.forgelog.domain.comment.DiffSide;
import org.forgelog.domain.repository.RepositoryFlag;
import org.jspecify.annotations.Nullable;

/** What a record of another forge says, whichever format said it. Texts are as they were given. */
sealed interface Fact {

    /** Somebody, by the login that the other forge knows them by. */
    record Person(String login, boolean organization) {

        static final Person GHOST = new Person("ghost", false);

        static Person user(@Nullable String login) {
            return login == null || login.isBlank() ? GHOST : new Person(login, false);
        }
    }

    /** @param sourceId the other forge's id, which outlives names; {@code null} where it was not told */
    record RepositoryRef(String owner, String name, @Nullable Long sourceId) {

        String fullName() {
            return owner + "/" + name;
        }
    }

    record ConversationRef(RepositoryRef repository, long number) {}

    record LabelText(String name, @Nullable String color, @Nullable String description) {}

    /**
     * A milestone by its number, its title or both. It is told whole when its state is.
     *
     * @param open {@code null} where it was only named
     */
    record MilestoneText(
            @Nullable Long number,
            @Nullable String title,
            @Nullable String description,
            @Nullable Instant dueOn,
            @Nullable Boolean open,
            @Nullable Person creator,
            @Nullable Instant createdAt,
            @Nullable Instant closedAt,
            @Nullable Instant updatedAt) {

        static MilestoneText named(@Nullable Long number, @Nullable String title) {
            return new MilestoneText(number, title, null, null, null, null, null, null, null);
        }
    }

    /** @param milestone what something is planned for; {@code null} for nothing */
    record Planned(@Nullable MilestoneText milestone) {}

    record Role(Person person, boolean admin) {}

    record Right(Person person, Permission permission) {}

    record Opinion(Person person, String content, @Nullable Instant at) {}

    /** A user or an organization, with what is said of them. */
    record AccountSeen(
            Person person,
            @Nullable Instant createdAt,
            @Nullable String name,
            @Nullable String email,
            @Nullable String blog,
            @Nullable String company,
            @Nullable String location,
            @Nullable String bio,
            List<Role> members)
            implements Fact {}

    /**
     * A repository.
     *
     * @param owner whether it is an organization's, too
     * @param told whether more than its name is said
     * @param settled whether nothing more is to come: then it is archived, if it is
     */
    record RepositorySeen(
            RepositoryRef ref,
            Person owner,
            @Nullable Person creator,
            @Nullable Instant createdAt,
            boolean told,
            @Nullable String description,
            @Nullable String homepage,
            @Nullable String language,
            @Nullable String defaultBranch,
            boolean isPrivate,
            Map<RepositoryFlag, Boolean> flags,
            boolean archived,
            @Nullable RepositoryRef parent,
            List<LabelText> labels,
            List<String> topics,
            List<Right> collaborators,
            boolean settled,
            Instant seenAt)
            implements Fact {

        /** One of which the name is all that is known. */
        static RepositorySeen named(RepositoryRef ref, boolean ofOrganization, Instant seenAt) {
            return named(ref, ofOrganization, List.of(), seenAt);
        }

        /** One of which the name and some labels are all that is known. */
        static RepositorySeen named(RepositoryRef ref, boolean ofOrganization, List<LabelText> labels, Instant seenAt) {
            return new RepositorySeen(
                    ref,
                    new Person(ref.owner(), ofOrganization),
                    null,
                    null,
                    false,
                    null,
                    null,
                    null,
                    null,
                    false,
                    Map.of(),
                    false,
                    null,
                    labels,
                    List.of(),
                    List.of(),
                    false,
                    seenAt);
        }
    }

    /** @param settles whether it is to become what is said here */
    record MilestoneSeen(RepositoryRef repository, MilestoneText milestone, boolean settles, Instant seenAt)
            implements Fact {}

    /** A branch of a repository; both may be unknown. */
    record BranchText(@Nullable RepositoryRef repository, @Nullable String ref) {

        static final BranchText UNKNOWN = new BranchText(null, null);
    }

    /** @param open {@code null} where the state was not told */
    record StateText(
            @Nullable Boolean open,
            @Nullable String reason,
            @Nullable Instant closedAt,
            @Nullable Person closedBy,
            @Nullable Instant mergedAt,
            @Nullable Person mergedBy) {

        static final StateText UNTOLD = new StateText(null, null, null, null, null, null);
    }

    /**
     * An issue or a pull request as it was at a moment.
     *
     * @param labels {@code null} where they were not told, and so with all that may be {@code null}
     * @param settles whether labels, assignees, milestone, lock and state are to become what is said here
     */
    record ConversationSeen(
            ConversationRef ref,
            boolean pull,
            @Nullable Person author,
            @Nullable String title,
            @Nullable String body,
            boolean textTold,
            @Nullable Instant createdAt,
            StateText state,
            @Nullable List<LabelText> labels,
            @Nullable List<Person> assignees,
            @Nullable Planned planned,
            @Nullable Boolean locked,
            @Nullable String lockReason,
            BranchText head,
            BranchText base,
            boolean draft,
            List<Opinion> reactions,
            boolean settles,
            Instant seenAt)
            implements Fact {}

    /** What happened to an issue or a pull request. */
    enum What {
        CLOSED,
        REOPENED,
        MERGED,
        LABELED,
        UNLABELED,
        ASSIGNED,
        UNASSIGNED,
        MILESTONED,
        DEMILESTONED,
        LOCKED,
        UNLOCKED,
        RENAMED
    }

    /** @param detail a title, or why it was closed or locked */
    record Happened(
            ConversationRef ref,
            What what,
            Person actor,
            Instant at,
            @Nullable LabelText label,
            @Nullable Person assignee,
            @Nullable MilestoneText milestone,
            @Nullable String detail)
            implements Fact {}

    /** Where in a diff a comment is. */
    record Anchor(
            @Nullable String commit,
            @Nullable String path,
            @Nullable Integer position,
            @Nullable Integer line,
            @Nullable DiffSide side,
            @Nullable Integer startLine,
            @Nullable DiffSide startSide) {}

    /**
     * A comment.
     *
     * @param review whether it is one in a diff; both kinds have ids of their own
     * @param updatedAt when it was edited last; {@code null} where it was not told
     * @param deleted whether it was deleted at {@code updatedAt}
     */
    record CommentSeen(
            ConversationRef ref,
            boolean review,
            long sourceId,
            Person author,
            @Nullable String body,
            Instant createdAt,
            @Nullable Instant updatedAt,
            boolean deleted,
            @Nullable Anchor anchor,
            @Nullable Long inReplyTo,
            List<Opinion> reactions)
            implements Fact {

        String key() {
            return (review ? "rc/" : "c/") + sourceId;
        }
    }

    record Starred(RepositoryRef repository, Person person, Instant at) implements Fact {}

    record MemberAdded(RepositoryRef repository, Person member, Person by, Instant at) implements Fact {}

    record MadePublic(RepositoryRef repository, Instant at) implements Fact {}

    /** Something that there is nothing for here. */
    record LeftOut(String what) implements Fact {}
}
