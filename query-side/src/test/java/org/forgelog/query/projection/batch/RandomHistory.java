package org.forgelog.query.projection.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.domain.reaction.ReactionEvent.ReactionAdded;
import org.forgelog.query.EventFixtures;

/** What may happen on a small, busy forge, one event after the other; the same for the same seed. */
public final class RandomHistory {

    private static final int ACCOUNTS = 6;
    private static final int REPOSITORIES = 5;

    private final Random random;
    private final List<DomainEvent> beginning = new ArrayList<>();
    private final List<IssueOpened> issues = new ArrayList<>();
    private final Set<String> closed = new HashSet<>();
    private final Map<Long, Long> numbers = new HashMap<>();
    private final Set<String> stars = new HashSet<>();
    private final List<CommentWritten> comments = new ArrayList<>();
    private final List<ReactionAdded> reactions = new ArrayList<>();
    private long ids = 1_000;
    private boolean isPrivate;

    public RandomHistory(long seed) {
        random = new Random(seed);
        for (long account = 1; account <= ACCOUNTS; account++) {
            beginning.add(EventFixtures.registered(account, "user-" + account));
        }
        for (long repository = 10; repository < 10 + REPOSITORIES; repository++) {
            beginning.add(EventFixtures.created(repository, 1, "user-1", "repo-" + repository));
            beginning.add(EventFixtures.label(repository, repository * 10, "bug"));
        }
    }

    public List<DomainEvent> next(int count) {
        List<DomainEvent> events = new ArrayList<>();
        while (events.size() < count) {
            events.add(next());
        }
        return events;
    }

    private DomainEvent next() {
        if (!beginning.isEmpty()) {
            return beginning.removeFirst();
        }
        long account = 1 + random.nextInt(ACCOUNTS);
        // One repository is hot.
        long repository = random.nextInt(3) == 0 ? 10 : 10 + random.nextInt(REPOSITORIES);
        int what = issues.isEmpty() ? 0 : random.nextInt(12);
        return switch (what) {
            case 1, 2 -> changed(issues.get(random.nextInt(issues.size())), account);
            case 3 -> {
                IssueOpened issue = issues.get(random.nextInt(issues.size()));
                yield EventFixtures.edited(
                        issue.repositoryId().value(),
                        issue.number(),
                        "title " + ids++,
                        "b".repeat(random.nextInt(6_000)));
            }
            case 4, 5 -> {
                String star = account + " " + repository;
                yield stars.add(star)
                        ? EventFixtures.starred(account, repository)
                        : stars.remove(star)
                                ? EventFixtures.unstarred(account, repository)
                                : EventFixtures.starred(account, repository);
            }
            case 6 -> {
                IssueOpened issue = issues.get(random.nextInt(issues.size()));
                CommentWritten comment = EventFixtures.commented(
                        issue.repositoryId().value(), issue.number(), ids++, account, "a comment");
                comments.add(comment);
                yield comment;
            }
            case 7 -> {
                IssueOpened issue = issues.get(random.nextInt(issues.size()));
                ReactionAdded reaction = EventFixtures.reacted(issue, ids++, account, ReactionContent.HEART);
                reactions.add(reaction);
                yield reaction;
            }
            case 8 ->
                reactions.isEmpty()
                        ? opened(repository, account)
                        : EventFixtures.withdrawn(reactions.remove(random.nextInt(reactions.size())));
            case 9 -> {
                IssueOpened issue = issues.get(random.nextInt(issues.size()));
                yield EventFixtures.assigned(issue.repositoryId().value(), issue.number(), account);
            }
            case 10 -> {
                isPrivate = !isPrivate;
                yield EventFixtures.madePrivate(11, isPrivate);
            }
            case 11 -> {
                long id = ids++;
                yield EventFixtures.forked(id, account, "user-" + account, "fork-" + id, repository, repository);
            }
            default -> opened(repository, account);
        };
    }

    private DomainEvent opened(long repository, long account) {
        IssueOpened issue =
                EventFixtures.issue(repository, numbers.merge(repository, 1L, Long::sum), account, "an issue");
        issues.add(issue);
        return issue;
    }

    private DomainEvent changed(IssueOpened issue, long account) {
        long repository = issue.repositoryId().value();
        String key = repository + " " + issue.number();
        if (random.nextInt(3) == 0) {
            return EventFixtures.labelled(repository, issue.number(), repository * 10);
        }
        return closed.add(key)
                ? EventFixtures.closed(repository, issue.number(), account)
                : closed.remove(key) ? EventFixtures.reopened(repository, issue.number(), account) : issue;
    }
}
