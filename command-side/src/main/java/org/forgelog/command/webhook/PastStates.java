package org.forgelog.command.webhook;

import java.util.List;
import java.util.Optional;
import org.forgelog.command.operation.WebhookPayloads.Past;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.comment.Comment;
import org.forgelog.domain.comment.CommentEvent;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.issue.Issue;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.label.Label;
import org.forgelog.domain.label.LabelEvent;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.pullrequest.PullRequest;
import org.forgelog.domain.pullrequest.PullRequestEvent;
import org.forgelog.domain.pullrequest.PullRequestKey;
import org.forgelog.domain.repository.Repository;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.eventlog.UnreadableEventException;
import org.jspecify.annotations.Nullable;

/** States as they were after the event at a position: folded from the log, without a lock on anything. */
final class PastStates implements Past {

    private static final int PAGE = 500;

    private interface Evolution<S, E> {
        S after(@Nullable S before, E event);
    }

    private final EventLogReader log;
    private final EventCodec codec;
    private final long position;

    PastStates(EventLogReader log, EventCodec codec, long position) {
        this.log = log;
        this.codec = codec;
        this.position = position;
    }

    @Override
    public Optional<Repository> repository(RepositoryId id) {
        return fold(id.aggregateId(), RepositoryEvent.class, Repository::evolve);
    }

    @Override
    public Optional<Issue> issue(IssueKey key) {
        return fold(key.aggregateId(), IssueEvent.class, Issue::evolve);
    }

    @Override
    public Optional<PullRequest> pullRequest(PullRequestKey key) {
        return fold(key.aggregateId(), PullRequestEvent.class, PullRequest::evolve);
    }

    @Override
    public Optional<Comment> comment(CommentId id) {
        return fold(id.aggregateId(), CommentEvent.class, Comment::evolve);
    }

    @Override
    public Optional<Label> label(LabelId id) {
        return fold(id.aggregateId(), LabelEvent.class, Label::evolve);
    }

    /** What an event says; {@code null} when nobody can read it and operators left it out. */
    private @Nullable DomainEvent read(StoredEvent event) {
        try {
            return codec.decode(event.type(), event.revision(), event.payload());
        } catch (UnreadableEventException e) {
            if (log.skipped().containsKey(event.position())) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public boolean isGone(CommentId id) {
        return new PastStates(log, codec, Long.MAX_VALUE)
                .comment(id)
                .filter(Comment::deleted)
                .isPresent();
    }

    private <S, E> Optional<S> fold(String aggregateId, Class<E> type, Evolution<S, E> evolve) {
        @Nullable S state = null;
        long after = 0;
        while (true) {
            List<StoredEvent> events = log.ofAggregateAfter(aggregateId, after, PAGE);
            for (StoredEvent event : events) {
                if (event.position() > position) {
                    return Optional.ofNullable(state);
                }
                DomainEvent said = read(event);
                state = said == null ? state : evolve.after(state, type.cast(said));
                after = event.position();
            }
            if (events.isEmpty()) {
                return Optional.ofNullable(state);
            }
        }
    }
}
