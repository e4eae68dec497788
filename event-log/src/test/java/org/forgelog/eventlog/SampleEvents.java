package org.forgelog.eventlog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.forgelog.domain.Change;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.Profile;
import org.forgelog.domain.issue.CloseReason;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.pullrequest.Branch;
import org.forgelog.domain.pullrequest.MergeMethod;
import org.forgelog.domain.pullrequest.PullRequestEvent;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.domain.repository.RepositoryFlag;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositorySettings;
import org.forgelog.domain.star.StarEvent;

/** One event of every kind. */
final class SampleEvents {

    private static final Instant AT = Instant.parse("2026-02-03T04:05:06.789Z");
    private static final AccountId OCTOCAT = new AccountId(1);
    private static final AccountId TORVALDS = new AccountId(2);
    private static final RepositoryId HELLO = new RepositoryId(3);
    private static final String SHA = "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3";

    static final List<DomainEvent> ALL = List.of(
            new AccountEvent.AccountRegistered(OCTOCAT, "octocat", AccountKind.USER, "cat@example.org", false, AT),
            new AccountEvent.ProfileEdited(
                    OCTOCAT,
                    new Profile.Changes(
                            Change.to("The Octocat"),
                            Change.to(null),
                            null,
                            null,
                            null,
                            null,
                            Change.to(true),
                            null,
                            null),
                    AT),
            new AccountEvent.AccountRenamed(OCTOCAT, "octocat", "Octo-Cat", AT),
            new AccountEvent.AccountSuspended(OCTOCAT, AT),
            new AccountEvent.AccountUnsuspended(OCTOCAT, AT),
            new AccountEvent.AccountDeleted(OCTOCAT, "octocat", AT),
            new AccountEvent.TokenIssued(OCTOCAT, 9, "ab".repeat(32), "12345678", List.of("repo"), null, AT),
            new AccountEvent.TokenRevoked(OCTOCAT, 9, AT),
            new RepositoryEvent.RepositoryCreated(
                    HELLO, OCTOCAT, "octocat", "hello-world", RepositorySettings.DEFAULT, OCTOCAT, AT),
            new RepositoryEvent.RepositoryEdited(
                    HELLO,
                    new RepositorySettings.Changes(
                            Change.to("für alle 🐙"),
                            Change.to(null),
                            null,
                            null,
                            null,
                            true,
                            Map.of(RepositoryFlag.HAS_WIKI, false, RepositoryFlag.HAS_ISSUES, false),
                            Map.of()),
                    AT),
            new RepositoryEvent.RepositoryRenamed(HELLO, "octocat", "hello-world", "hello", AT),
            new RepositoryEvent.RepositoryOwnerRenamed(HELLO, "octocat", "Octo-Cat", "hello", AT),
            new RepositoryEvent.RepositoryArchived(HELLO, AT),
            new RepositoryEvent.RepositoryUnarchived(HELLO, AT),
            new RepositoryEvent.RepositoryDeleted(HELLO, OCTOCAT, "octocat", "hello", AT),
            new IssueEvent.IssueOpened(HELLO, 1, 4, TORVALDS, "README has a typo", null, AT),
            new IssueEvent.IssueEdited(HELLO, 1, null, Change.to(null), TORVALDS, AT),
            new IssueEvent.IssueClosed(HELLO, 1, CloseReason.NOT_PLANNED, OCTOCAT, AT),
            new IssueEvent.IssueCloseReasonChanged(HELLO, 1, CloseReason.DUPLICATE, OCTOCAT, AT),
            new IssueEvent.IssueReopened(HELLO, 1, OCTOCAT, AT),
            new PullRequestEvent.PullRequestOpened(
                    HELLO,
                    1,
                    5,
                    TORVALDS,
                    "Fix README typo",
                    "It fixes the typo.",
                    new Branch(TORVALDS, HELLO, "fix-typo", SHA),
                    new Branch(OCTOCAT, HELLO, "main", SHA),
                    false,
                    true,
                    AT),
            new PullRequestEvent.PullRequestEdited(HELLO, 1, "Fix the typo", null, null, false, TORVALDS, AT),
            new PullRequestEvent.PullRequestClosed(HELLO, 1, TORVALDS, AT),
            new PullRequestEvent.PullRequestReopened(HELLO, 1, TORVALDS, AT),
            new PullRequestEvent.PullRequestMerged(HELLO, 1, SHA, MergeMethod.SQUASH, null, null, OCTOCAT, AT),
            new StarEvent.RepositoryStarred(TORVALDS, HELLO, AT),
            new StarEvent.RepositoryUnstarred(TORVALDS, HELLO, AT));

    private SampleEvents() {}
}
