package org.forgelog.command.importing;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.forgelog.command.importing.Fact.Opinion;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.reaction.Reaction;
import org.forgelog.domain.reaction.ReactionCommand.React;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.domain.reaction.ReactionKey;
import org.forgelog.domain.reaction.ReactionTarget;
import org.forgelog.domain.repository.RepositoryId;

/** Reactions to what has just been made. */
final class ImportedReactions {

    private final ImportTransaction transaction;
    private final ImportedAccounts accounts;

    ImportedReactions(ImportTransaction transaction, ImportedAccounts accounts) {
        this.transaction = transaction;
        this.accounts = accounts;
    }

    void take(List<Opinion> opinions, RepositoryId repository, ReactionTarget target, Instant made) {
        Set<ReactionKey> given = new HashSet<>();
        for (Opinion opinion : opinions) {
            ReactionContent content;
            try {
                content = ReactionContent.of(opinion.content());
            } catch (Rejection e) {
                transaction.leftOut("reaction " + opinion.content());
                continue;
            }
            Instant at = opinion.at() == null ? made : opinion.at();
            AccountId account = accounts.of(opinion.person(), at);
            ReactionKey key = target.by(account, content);
            if (given.add(key)) {
                transaction.session().neverWas(key.aggregateId());
                React command = new React(
                        repository,
                        target,
                        account,
                        content,
                        transaction.index().nextId(),
                        at);
                if (transaction.send(command, () -> Reaction.decide(null, command))) {
                    transaction.taken("reactions");
                }
            }
        }
    }
}
