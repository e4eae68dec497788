package org.forgelog.command.operation;

import org.forgelog.api.representation.SubscriptionJson;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.subscription.Subscription;
import org.forgelog.domain.subscription.SubscriptionCommand.Subscribe;
import org.forgelog.domain.subscription.SubscriptionCommand.Unsubscribe;
import org.forgelog.domain.subscription.SubscriptionKey;

/** Watching and ignoring whatever the caller sees. Either way may be gone twice without harm. */
public final class SubscriptionOperations {

    private SubscriptionOperations() {}

    /** {@code PUT /repos/{owner}/{repo}/subscription}. */
    public static Answer set(Session session, Request request) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        Fields fields = request.fields("Subscription");
        fields.flag("subscribed");
        boolean ignored = fields.flag("ignored", false);
        fields.check();
        Subscription subscription = session.send(
                new Subscribe(new SubscriptionKey(request.actorId(), repository.id()), ignored, session.now()));
        return Answer.ok(SubscriptionJson.of(
                request.links(),
                repository.ref(),
                subscription.ignored(),
                subscription.since() == null ? session.now() : subscription.since()));
    }

    /** {@code DELETE /repos/{owner}/{repo}/subscription}. */
    public static Answer delete(Session session, Request request) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        SubscriptionKey key = new SubscriptionKey(request.actorId(), repository.id());
        if (session.subscription(key).isPresent()) {
            session.send(new Unsubscribe(key, session.now()));
        }
        return Answer.noContent();
    }
}
