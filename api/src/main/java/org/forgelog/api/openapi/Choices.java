package org.forgelog.api.openapi;

/** What clients choose from by words in a query: the constants of each, in small letters. */
public final class Choices {

    private Choices() {}

    /** The orders of lists of issues. */
    public enum IssueSort {
        CREATED,
        UPDATED,
        COMMENTS
    }

    /** The orders of lists of pull requests. */
    public enum PullSort {
        CREATED,
        UPDATED,
        POPULARITY,
        LONG_RUNNING {
            @Override
            public String toString() {
                return "long-running";
            }
        }
    }

    /** Why issues concern the caller. */
    public enum IssueFilter {
        ASSIGNED,
        CREATED,
        MENTIONED,
        SUBSCRIBED,
        REPOS,
        ALL
    }

    /** The orders of lists of comments. */
    public enum CommentSort {
        CREATED,
        UPDATED,
        CREATED_AT
    }

    /** The orders of lists of milestones. */
    public enum MilestoneSort {
        DUE_ON,
        COMPLETENESS
    }

    /** The orders of lists of forks. Whoever stars a repository watches it: two of them are one. */
    public enum ForkSort {
        NEWEST,
        OLDEST,
        STARGAZERS,
        WATCHERS
    }

    /** The orders of lists of repositories. Nothing is ever pushed: {@code pushed} is {@code created}. */
    public enum RepositorySort {
        CREATED,
        UPDATED,
        PUSHED,
        FULL_NAME
    }

    /** Which repositories of an account are meant. */
    public enum RepositoryType {
        ALL,
        OWNER,
        PUBLIC,
        PRIVATE,
        FORKS,
        SOURCES,
        MEMBER
    }

    /** How somebody has to do with a repository. */
    public enum Affiliation {
        OWNER,
        COLLABORATOR,
        ORGANIZATION_MEMBER
    }

    /** Which of those who have rights on a repository are meant. */
    public enum CollaboratorAffiliation {
        ALL,
        /** Given rights by name. */
        DIRECT,
        /** Given rights by name, and no members of the organization that owns the repository. */
        OUTSIDE
    }

    /** What a membership is; there are no invitations, so none is pending. */
    public enum MembershipState {
        ACTIVE,
        PENDING
    }
}
