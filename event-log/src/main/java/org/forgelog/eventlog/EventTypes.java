package org.forgelog.eventlog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountEvent;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.pullrequest.PullRequestEvent;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.domain.star.StarEvent;
import org.jspecify.annotations.Nullable;

/**
 * The names that events are stored under. A class may be renamed or moved at will; its alias stays, and its revision
 * grows with every change of its JSON (with an {@link Upcaster} for each step).
 */
final class EventTypes {

    /** A stored type: its alias and the revision that this program writes. */
    record EventType(String alias, int revision, Class<? extends DomainEvent> eventClass) {}

    private static final Map<String, EventType> BY_ALIAS = new LinkedHashMap<>();
    private static final Map<Class<?>, EventType> BY_CLASS = new LinkedHashMap<>();

    static {
        type("account-registered", 1, AccountEvent.AccountRegistered.class);
        type("profile-edited", 1, AccountEvent.ProfileEdited.class);
        type("account-renamed", 1, AccountEvent.AccountRenamed.class);
        type("account-suspended", 1, AccountEvent.AccountSuspended.class);
        type("account-unsuspended", 1, AccountEvent.AccountUnsuspended.class);
        type("account-deleted", 1, AccountEvent.AccountDeleted.class);
        type("token-issued", 1, AccountEvent.TokenIssued.class);
        type("token-revoked", 1, AccountEvent.TokenRevoked.class);
        type("repository-created", 1, RepositoryEvent.RepositoryCreated.class);
        type("repository-edited", 1, RepositoryEvent.RepositoryEdited.class);
        type("repository-renamed", 1, RepositoryEvent.RepositoryRenamed.class);
        type("repository-owner-renamed", 1, RepositoryEvent.RepositoryOwnerRenamed.class);
        type("repository-archived", 1, RepositoryEvent.RepositoryArchived.class);
        type("repository-unarchived", 1, RepositoryEvent.RepositoryUnarchived.class);
        type("repository-deleted", 1, RepositoryEvent.RepositoryDeleted.class);
        type("issue-opened", 1, IssueEvent.IssueOpened.class);
        type("issue-edited", 1, IssueEvent.IssueEdited.class);
        type("issue-closed", 2, IssueEvent.IssueClosed.class);
        type("issue-close-reason-changed", 1, IssueEvent.IssueCloseReasonChanged.class);
        type("issue-reopened", 1, IssueEvent.IssueReopened.class);
        type("pull-request-opened", 1, PullRequestEvent.PullRequestOpened.class);
        type("pull-request-edited", 1, PullRequestEvent.PullRequestEdited.class);
        type("pull-request-closed", 1, PullRequestEvent.PullRequestClosed.class);
        type("pull-request-reopened", 1, PullRequestEvent.PullRequestReopened.class);
        type("pull-request-merged", 1, PullRequestEvent.PullRequestMerged.class);
        type("repository-starred", 1, StarEvent.RepositoryStarred.class);
        type("repository-unstarred", 1, StarEvent.RepositoryUnstarred.class);
    }

    private EventTypes() {}

    private static void type(String alias, int revision, Class<? extends DomainEvent> eventClass) {
        EventType type = new EventType(alias, revision, eventClass);
        if (BY_ALIAS.put(alias, type) != null || BY_CLASS.put(eventClass, type) != null) {
            throw new IllegalStateException("stored twice: " + alias);
        }
    }

    static @Nullable EventType ofAlias(String alias) {
        return BY_ALIAS.get(alias);
    }

    static EventType of(DomainEvent event) {
        EventType type = BY_CLASS.get(event.getClass());
        if (type == null) {
            throw new IllegalArgumentException("no stored name for " + event.getClass());
        }
        return type;
    }

    /** Every alias there is. */
    static Set<String> aliases() {
        return BY_ALIAS.keySet();
    }
}
