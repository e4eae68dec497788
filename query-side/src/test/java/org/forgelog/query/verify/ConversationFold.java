package org.forgelog.query.verify;

import static org.forgelog.query.verify.KeyFormat.digits;
import static org.forgelog.query.verify.KeyFormat.timed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.forgelog.domain.Change;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.issue.IssueEvent.IssueAssigned;
import org.forgelog.domain.issue.IssueEvent.IssueCloseReasonChanged;
import org.forgelog.domain.issue.IssueEvent.IssueClosed;
import org.forgelog.domain.issue.IssueEvent.IssueDemilestoned;
import org.forgelog.domain.issue.IssueEvent.IssueEdited;
import org.forgelog.domain.issue.IssueEvent.IssueLabelled;
import org.forgelog.domain.issue.IssueEvent.IssueLocked;
import org.forgelog.domain.issue.IssueEvent.IssueMilestoned;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.issue.IssueEvent.IssueReopened;
import org.forgelog.domain.issue.IssueEvent.IssueUnassigned;
import org.forgelog.domain.issue.IssueEvent.IssueUnlabelled;
import org.forgelog.domain.issue.IssueEvent.IssueUnlocked;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.pullrequest.Branch;
import org.forgelog.domain.pullrequest.PullRequestEvent;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestAssigned;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestClosed;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestDemilestoned;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestEdited;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestLabelled;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestLocked;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestMerged;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestMilestoned;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestOpened;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestReopened;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestUnassigned;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestUnlabelled;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestUnlocked;
import org.jspecify.annotations.Nullable;

/** Issues and pull requests, with their bodies, and the places where issues are found by labels and assignees. */
final class ConversationFold {

    /** By the type of an item, that of the places where it is found by its labels and assignees, which follow from it. */
    static final Map<String, String> EDGES = Map.of("issue", "issue_edge", "pull_request", "pull_edge");

    private ConversationFold() {}

    static Key thread(ConversationKind kind, long repository, long number) {
        return new Key("R#" + digits(repository) + (kind == ConversationKind.ISSUE ? "#I" : "#P"), digits(number));
    }

    private static Key body(Key thread) {
        return new Key(thread.pk(), thread.sk() + "#B");
    }

    static void apply(IndependentItems rows, IssueEvent event) {
        long repository = event.repositoryId().value();
        Key key = thread(ConversationKind.ISSUE, repository, event.number());
        switch (event) {
            case IssueOpened e -> {
                rows.create(key, "issue", said -> {
                    opened(said, e.issueId(), repository, e.number(), e.authorId(), e.title(), e.openedAt());
                    says(said, e.body());
                    indexed(said, key, e.openedAt());
                });
                firstBody(rows, key, e.body());
                RepositoryFold.count(rows, repository, "open_issues", 1);
            }
            case IssueEdited e -> {
                edit(rows, key, e.editedAt(), said -> edited(said, e.title(), e.body()));
                laterBody(rows, key, e.body());
            }
            case IssueClosed e -> {
                edit(rows, key, e.closedAt(), said -> {
                    closed(said, e.closedBy(), e.closedAt());
                    said.put("state_reason", e.reason().word());
                });
                RepositoryFold.count(rows, repository, "open_issues", -1);
                MilestoneFold.count(rows, repository, e.milestone(), -1, 1);
            }
            case IssueCloseReasonChanged e ->
                edit(
                        rows,
                        key,
                        e.changedAt(),
                        said -> said.put("state_reason", e.reason().word()));
            case IssueReopened e -> {
                edit(rows, key, e.reopenedAt(), said -> {
                    reopened(said);
                    said.put("state_reason", "reopened");
                });
                RepositoryFold.count(rows, repository, "open_issues", 1);
                MilestoneFold.count(rows, repository, e.milestone(), 1, -1);
            }
            case IssueLabelled e -> edit(rows, key, e.labelledAt(), said -> add(said, "labels", labels(e.labelIds())));
            case IssueUnlabelled e ->
                edit(rows, key, e.unlabelledAt(), said -> drop(said, "labels", labels(e.labelIds())));
            case IssueAssigned e ->
                edit(rows, key, e.assignedAt(), said -> add(said, "assignees", users(e.assigneeIds())));
            case IssueUnassigned e ->
                edit(rows, key, e.unassignedAt(), said -> drop(said, "assignees", users(e.assigneeIds())));
            case IssueLocked e -> edit(rows, key, e.lockedAt(), said -> locked(said, e.reason()));
            case IssueMilestoned e -> {
                edit(rows, key, e.milestonedAt(), said -> said.put("milestone", e.milestone()));
                MilestoneFold.count(rows, repository, e.milestone(), e.open() ? 1 : 0, e.open() ? 0 : 1);
            }
            case IssueDemilestoned e -> {
                edit(rows, key, e.demilestonedAt(), said -> said.remove("milestone"));
                MilestoneFold.count(rows, repository, e.milestone(), e.open() ? -1 : 0, e.open() ? 0 : -1);
            }
            case IssueUnlocked e -> edit(rows, key, e.unlockedAt(), ConversationFold::unlocked);
        }
    }

    static void apply(IndependentItems rows, PullRequestEvent event) {
        long repository = event.repositoryId().value();
        Key key = thread(ConversationKind.PULL_REQUEST, repository, event.number());
        switch (event) {
            case PullRequestOpened e -> {
                rows.create(key, "pull_request", said -> {
                    opened(said, e.pullRequestId(), repository, e.number(), e.authorId(), e.title(), e.openedAt());
                    says(said, e.body());
                    said.put("draft", e.draft());
                    said.put("maintainer_can_modify", e.maintainerCanModify());
                    said.put("head", branch(e.head()));
                    said.put("base", branch(e.base()));
                    indexed(said, key, e.openedAt());
                });
                firstBody(rows, key, e.body());
                RepositoryFold.count(rows, repository, "open_pulls", 1);
            }
            case PullRequestEdited e -> {
                edit(rows, key, e.editedAt(), said -> {
                    edited(said, e.title(), e.body());
                    if (e.base() != null) {
                        said.put("base", branch(e.base()));
                    }
                    if (e.maintainerCanModify() != null) {
                        said.put("maintainer_can_modify", e.maintainerCanModify());
                    }
                });
                laterBody(rows, key, e.body());
            }
            case PullRequestClosed e -> {
                edit(rows, key, e.closedAt(), said -> closed(said, e.closedBy(), e.closedAt()));
                RepositoryFold.count(rows, repository, "open_pulls", -1);
                MilestoneFold.count(rows, repository, e.milestone(), -1, 1);
            }
            case PullRequestReopened e -> {
                edit(rows, key, e.reopenedAt(), ConversationFold::reopened);
                RepositoryFold.count(rows, repository, "open_pulls", 1);
                MilestoneFold.count(rows, repository, e.milestone(), 1, -1);
            }
            case PullRequestMerged e -> {
                edit(rows, key, e.mergedAt(), said -> {
                    closed(said, e.mergedBy(), e.mergedAt());
                    said.put("merge_commit_sha", e.mergeCommitSha());
                    IndependentItems.at(said, "merged_at", e.mergedAt());
                    said.put("merged_by", e.mergedBy().value());
                });
                RepositoryFold.count(rows, repository, "open_pulls", -1);
                MilestoneFold.count(rows, repository, e.milestone(), -1, 1);
                if (e.authorId() != null) {
                    contributed(rows, repository, e.authorId().value());
                }
            }
            case PullRequestLabelled e ->
                edit(rows, key, e.labelledAt(), said -> add(said, "labels", labels(e.labelIds())));
            case PullRequestUnlabelled e ->
                edit(rows, key, e.unlabelledAt(), said -> drop(said, "labels", labels(e.labelIds())));
            case PullRequestAssigned e ->
                edit(rows, key, e.assignedAt(), said -> add(said, "assignees", users(e.assigneeIds())));
            case PullRequestUnassigned e ->
                edit(rows, key, e.unassignedAt(), said -> drop(said, "assignees", users(e.assigneeIds())));
            case PullRequestLocked e -> edit(rows, key, e.lockedAt(), said -> locked(said, e.reason()));
            case PullRequestMilestoned e -> {
                edit(rows, key, e.milestonedAt(), said -> said.put("milestone", e.milestone()));
                MilestoneFold.count(rows, repository, e.milestone(), e.open() ? 1 : 0, e.open() ? 0 : 1);
            }
            case PullRequestDemilestoned e -> {
                edit(rows, key, e.demilestonedAt(), said -> said.remove("milestone"));
                MilestoneFold.count(rows, repository, e.milestone(), e.open() ? -1 : 0, e.open() ? 0 : -1);
            }
            case PullRequestUnlocked e -> edit(rows, key, e.unlockedAt(), ConversationFold::unlocked);
        }
    }

    private static void contributed(IndependentItems rows, long repository, long author) {
        Key key = new Key("R#" + digits(repository) + "#K", "K");
        IndependentItem present = rows.find(key);
        if (present == null || !present.isLive()) {
            rows.create(key, "contributors", said -> {
                said.put("repository_id", repository);
                add(said, "contributors", List.of(author));
            });
        } else if (!numbers(present.said(), "contributors").contains(author)) {
            rows.edit(key, row -> add(row.said(), "contributors", List.of(author)));
        }
    }

    private static void opened(
            Map<String, Object> said,
            long id,
            long repository,
            long number,
            AccountId author,
            String title,
            Instant at) {
        said.put("id", id);
        said.put("repository_id", repository);
        said.put("number", number);
        said.put("author_id", author.value());
        said.put("title", title);
        said.put("open", true);
        IndependentItems.at(said, "created_at", at);
    }

    private static void edited(Map<String, Object> said, @Nullable String title, @Nullable Change<String> body) {
        if (title != null) {
            said.put("title", title);
        }
        if (body != null) {
            says(said, body.value());
        }
    }

    /** The item has a short body in it; of a long one it says only that there is one. */
    static void says(Map<String, Object> said, @Nullable String body) {
        boolean apart = KeyFormat.isLong(body);
        IndependentItems.text(said, "body", apart ? null : body);
        IndependentItems.value(said, "long_body", apart ? true : null);
    }

    private static void firstBody(IndependentItems rows, Key thread, @Nullable String body) {
        if (body != null && KeyFormat.isLong(body)) {
            rows.create(body(thread), "body", said -> said.put("body", body));
        }
    }

    private static void laterBody(IndependentItems rows, Key thread, @Nullable Change<String> change) {
        if (change != null) {
            bodyApart(rows, body(thread), change.value());
        }
    }

    static void bodyApart(IndependentItems rows, Key key, @Nullable String body) {
        if (body != null && KeyFormat.isLong(body)) {
            rows.set(key, "body", said -> said.put("body", body));
        } else {
            rows.remove(key);
        }
    }

    private static void closed(Map<String, Object> said, AccountId by, Instant at) {
        said.put("open", false);
        IndependentItems.at(said, "closed_at", at);
        said.put("closed_by", by.value());
    }

    private static void reopened(Map<String, Object> said) {
        said.put("open", true);
        said.remove("closed_at");
        said.remove("closed_by");
    }

    private static void locked(Map<String, Object> said, @Nullable LockReason reason) {
        said.put("locked", true);
        IndependentItems.text(said, "lock_reason", reason == null ? null : reason.word());
    }

    private static void unlocked(Map<String, Object> said) {
        said.remove("locked");
        said.remove("lock_reason");
    }

    private static Map<String, Object> branch(Branch branch) {
        return Map.of(
                "owner", branch.ownerId().value(),
                "repo", branch.repositoryId().value(),
                "ref", branch.ref(),
                "sha", branch.sha());
    }

    private static List<Long> labels(List<LabelId> ids) {
        return ids.stream().map(LabelId::value).toList();
    }

    private static List<Long> users(List<AccountId> ids) {
        return ids.stream().map(AccountId::value).toList();
    }

    static List<Long> numbers(Map<String, Object> said, String name) {
        List<Long> numbers = new ArrayList<>();
        if (said.get(name) instanceof List<?> list) {
            list.forEach(each -> numbers.add((Long) each));
        }
        return numbers;
    }

    private static void add(Map<String, Object> said, String name, Collection<Long> ids) {
        List<Long> all = numbers(said, name);
        ids.stream().filter(id -> !all.contains(id)).forEach(all::add);
        IndependentItems.value(said, name, all);
    }

    private static void drop(Map<String, Object> said, String name, Collection<Long> ids) {
        List<Long> all = numbers(said, name);
        all.removeAll(ids);
        IndependentItems.value(said, name, all);
    }

    private static void edit(IndependentItems rows, Key key, Instant at, Consumer<Map<String, Object>> change) {
        rows.edit(key, row -> {
            change.accept(row.said());
            indexed(row.said(), key, at);
        });
    }

    /** A comment on it changes it, unless it changed later already. */
    static void said(IndependentItems rows, Key key, Instant at) {
        rows.edit(key, row -> {
            Instant before = IndependentItems.at(row, "updated_at");
            indexed(row.said(), key, at.isAfter(before) ? at : before);
        });
    }

    private static void indexed(Map<String, Object> said, Key key, Instant updated) {
        long id = CanonicalItem.number(said, "id");
        IndependentItems.at(said, "updated_at", updated);
        String byCreation = state(said) + timed(created(said), id);
        IndependentItems.index(said, 1, "BY#" + digits(CanonicalItem.number(said, "author_id")), byCreation);
        IndependentItems.index(said, 3, key.pk(), byCreation);
        IndependentItems.index(said, 4, key.pk(), state(said) + timed(updated, id));
    }

    private static Instant created(Map<String, Object> said) {
        return Instant.parse((String) said.get("created_at"));
    }

    /** Open before closed, where the latest comes first. */
    private static String state(Map<String, Object> said) {
        return Boolean.TRUE.equals(said.get("open")) ? "1#" : "0#";
    }

    /** The places where a present issue is found by its labels and assignees, among all and among those that are open. */
    static Map<Key, Map<String, Object>> edges(IndependentItem issue) {
        Map<Key, Map<String, Object>> edges = new TreeMap<>(Comparator.comparing(Key::toString));
        String type = EDGES.get(issue.type());
        if (!issue.isLive() || type == null) {
            return edges;
        }
        String sk = timed(created(issue.said()), issue.number("id"));
        String repository = digits(issue.number("repository_id"));
        for (String among : Boolean.TRUE.equals(issue.get("open")) ? List.of("", "#O") : List.of("")) {
            for (long label : numbers(issue.said(), "labels")) {
                edge(edges, issue, type, new Key("LAB#" + digits(label) + among, sk));
            }
            if (issue.get("milestone") instanceof Long milestone) {
                edge(edges, issue, type, new Key("MIL#" + repository + "#" + digits(milestone) + among, sk));
            }
            for (long user : numbers(issue.said(), "assignees")) {
                Map<String, Object> edge = edge(edges, issue, type, new Key("ASG#" + digits(user) + among, sk));
                IndependentItems.index(edge, 1, "ASR#" + repository + "#" + digits(user) + among, sk);
            }
        }
        return edges;
    }

    private static Map<String, Object> edge(
            Map<Key, Map<String, Object>> edges, IndependentItem issue, String type, Key key) {
        Map<String, Object> edge = new TreeMap<>();
        edge.put("pk", key.pk());
        edge.put("sk", key.sk());
        edge.put("type", type);
        edge.put("v", 1L);
        edge.put("pos", issue.position());
        for (String name : List.of("repository_id", "number")) {
            edge.put(name, issue.number(name));
        }
        edges.put(key, edge);
        return edge;
    }
}
