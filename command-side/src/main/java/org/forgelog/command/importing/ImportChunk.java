package org.forgelog.command.importing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.forgelog.command.execution.Session;
import org.forgelog.command.importing.Fact.AccountSeen;
import org.forgelog.command.importing.Fact.CommentSeen;
import org.forgelog.command.importing.Fact.ConversationRef;
import org.forgelog.command.importing.Fact.ConversationSeen;
import org.forgelog.command.importing.Fact.Happened;
import org.forgelog.command.importing.Fact.LabelText;
import org.forgelog.command.importing.Fact.LeftOut;
import org.forgelog.command.importing.Fact.MadePublic;
import org.forgelog.command.importing.Fact.MemberAdded;
import org.forgelog.command.importing.Fact.MilestoneSeen;
import org.forgelog.command.importing.Fact.MilestoneText;
import org.forgelog.command.importing.Fact.Opinion;
import org.forgelog.command.importing.Fact.Person;
import org.forgelog.command.importing.Fact.RepositoryRef;
import org.forgelog.command.importing.Fact.RepositorySeen;
import org.forgelog.command.importing.Fact.Starred;
import org.forgelog.command.importing.ImportIndex.LabelKey;
import org.forgelog.command.importing.ImportIndex.LocalRepository;
import org.forgelog.command.importing.ImportedMilestones.MilestoneOf;
import org.forgelog.domain.label.LabelName;
import org.jspecify.annotations.Nullable;

/** Some records, carried out in one transaction. What they name is looked up together, before anything is done. */
final class ImportChunk {

    private final ImportTransaction transaction;
    private final ImportReport report;
    private final boolean firstPass;
    private final ImportedAccounts accounts;
    private final ImportedLabels labels;
    private final ImportedRepositories repositories;
    private final ImportedStars stars;
    private final ImportedMilestones milestones;
    private final ImportedConversations conversations;
    private final ImportedComments comments;

    private final Set<Person> people = new LinkedHashSet<>(Set.of(Person.GHOST));
    private final Set<RepositoryRef> repositoryRefs = new LinkedHashSet<>();
    private final Set<ConversationRef> conversationRefs = new LinkedHashSet<>();
    private final List<LabelOf> labelsNamed = new ArrayList<>();
    private final List<MilestoneOf> milestonesNamed = new ArrayList<>();
    private final Set<String> keys = new HashSet<>(ImportedAccounts.alwaysNeeded());

    private record LabelOf(RepositoryRef repository, LabelText label) {}

    ImportChunk(Session session, ImportIndex index, ImportReport report, boolean firstPass, boolean lastPass) {
        this.transaction = new ImportTransaction(session, index, report, lastPass);
        this.report = report;
        this.firstPass = firstPass;
        this.accounts = new ImportedAccounts(transaction);
        this.labels = new ImportedLabels(transaction);
        this.repositories = new ImportedRepositories(transaction, accounts, labels);
        this.stars = new ImportedStars(transaction, accounts, repositories);
        this.milestones = new ImportedMilestones(transaction, accounts, repositories);
        ImportedReactions reactions = new ImportedReactions(transaction, accounts);
        this.conversations = new ImportedConversations(
                transaction,
                repositories,
                new ConversationOpening(transaction, accounts, repositories, reactions),
                new ConversationChanges(transaction, accounts, labels, milestones));
        this.comments = new ImportedComments(transaction, accounts, conversations, reactions);
    }

    void carryOut(List<ImportedRecord> records) {
        // No fact takes something away that another one makes again.
        transaction.session().directory().writeInBatches();
        load(records);
        prefetch(records);
        for (ImportedRecord record : records) {
            transaction.at(record);
            if (firstPass) {
                report.record();
            }
            String key = key(record);
            if (record.once() && transaction.known(key) != null) {
                if (firstPass) {
                    report.known();
                }
                continue;
            }
            boolean here = true;
            for (Fact fact : record.facts()) {
                here &= take(fact);
            }
            if (record.once() && here) {
                transaction.remember(key, null, null, null);
            }
        }
        transaction.store();
    }

    private static String key(ImportedRecord record) {
        return "e/" + record.origin();
    }

    /** Answers whether it is done with; what is about something that is not here yet is not. */
    private boolean take(Fact fact) {
        switch (fact) {
            case AccountSeen seen -> accounts.take(seen);
            case RepositorySeen seen -> repositories.take(seen);
            case MilestoneSeen seen -> milestones.take(seen);
            case ConversationSeen seen -> conversations.take(seen);
            case Happened happened -> {
                if (isMissing(happened.ref())) {
                    transaction.missing("about an issue or pull request that is not here");
                    return false;
                }
                conversations.take(happened);
            }
            case CommentSeen seen -> comments.take(seen);
            case Starred star -> stars.take(star);
            case MemberAdded added -> repositories.take(added);
            case MadePublic made -> repositories.take(made);
            case LeftOut left -> {
                if (firstPass) {
                    transaction.leftOut(left.what());
                }
            }
        }
        return true;
    }

    private boolean isMissing(ConversationRef ref) {
        LocalRepository repository = repositories.find(ref.repository());
        return repository == null
                || transaction.known(ImportedConversations.key(repository.id(), ref.number())) == null;
    }

    private void load(List<ImportedRecord> records) {
        for (ImportedRecord record : records) {
            if (record.once()) {
                keys.add(key(record));
            }
            record.facts().forEach(this::note);
        }
        for (Person person : people) {
            keys.add(ImportedAccounts.key(person));
            keys.add(ImportedAccounts.describedKey(person));
        }
        repositoryRefs.forEach(ref -> keys.addAll(ImportedRepositories.keys(ref)));
        transaction.load(keys);
        accounts.load(people);
        repositories.load(repositoryRefs);
        Set<String> onceKeys = new HashSet<>();
        for (RepositoryRef ref : repositoryRefs) {
            LocalRepository repository = repositories.find(ref);
            if (repository != null) {
                onceKeys.addAll(ImportedRepositories.onceKeys(repository.id()));
            }
        }
        transaction.load(onceKeys);
        conversations.load(conversationRefs);
        Set<LabelKey> labelKeys = new HashSet<>();
        for (LabelOf label : labelsNamed) {
            LocalRepository repository = repositories.find(label.repository());
            LabelName name = ImportedText.labelName(label.label().name());
            if (repository != null && name != null) {
                labelKeys.add(new LabelKey(repository.id(), name.key()));
            }
        }
        labels.load(labelKeys);
        milestones.load(milestonesNamed);
    }

    /** Has the aggregates read together that are going to change. */
    private void prefetch(List<ImportedRecord> records) {
        Set<String> aggregates = new HashSet<>();
        for (ImportedRecord record : records) {
            if (!record.once() || transaction.known(key(record)) == null) {
                transaction.at(record);
                record.facts().forEach(fact -> changing(fact, aggregates));
            }
        }
        transaction.session().prefetch(aggregates);
    }

    private void changing(Fact fact, Set<String> aggregates) {
        switch (fact) {
            case AccountSeen seen -> accounts.changing(seen, aggregates);
            case RepositorySeen seen -> repositories.changing(seen, aggregates);
            case MilestoneSeen seen -> milestones.changing(seen.repository(), seen.milestone(), aggregates);
            case ConversationSeen seen -> {
                conversations.changing(seen, aggregates);
                if (seen.planned() != null && seen.planned().milestone() != null) {
                    milestones.changing(seen.ref().repository(), seen.planned().milestone(), aggregates);
                }
            }
            case Happened happened -> conversations.changing(happened.ref(), aggregates);
            case CommentSeen seen -> comments.changing(seen, aggregates);
            case Starred star -> stars.changing(star, aggregates);
            case MemberAdded added -> repositories.changing(added.repository(), aggregates);
            case MadePublic made -> repositories.changing(made.repository(), aggregates);
            case LeftOut left -> {}
        }
    }

    private void note(Fact fact) {
        switch (fact) {
            case AccountSeen seen -> {
                note(seen.person());
                seen.members().forEach(role -> note(role.person()));
            }
            case RepositorySeen seen -> {
                repositoryRefs.add(seen.ref());
                note(seen.owner());
                note(seen.creator());
                if (seen.parent() != null) {
                    repositoryRefs.add(seen.parent());
                }
                seen.collaborators().forEach(right -> note(right.person()));
                seen.labels().forEach(label -> labelsNamed.add(new LabelOf(seen.ref(), label)));
            }
            case MilestoneSeen seen -> {
                repositoryRefs.add(seen.repository());
                note(seen.repository(), seen.milestone());
            }
            case ConversationSeen seen -> note(seen);
            case Happened happened -> {
                note(happened.ref());
                note(happened.actor());
                note(happened.assignee());
                note(happened.ref().repository(), happened.milestone());
                if (happened.label() != null) {
                    labelsNamed.add(new LabelOf(happened.ref().repository(), happened.label()));
                }
            }
            case CommentSeen seen -> {
                note(seen.ref());
                note(seen.author());
                seen.reactions().forEach(this::note);
                keys.add(seen.key());
                if (seen.inReplyTo() != null) {
                    keys.add("rc/" + seen.inReplyTo());
                }
            }
            case Starred star -> {
                repositoryRefs.add(star.repository());
                note(star.person());
            }
            case MemberAdded added -> {
                repositoryRefs.add(added.repository());
                note(added.member());
                note(added.by());
            }
            case MadePublic made -> repositoryRefs.add(made.repository());
            case LeftOut left -> {}
        }
    }

    private void note(ConversationSeen seen) {
        note(seen.ref());
        note(seen.author());
        note(seen.state().closedBy());
        note(seen.state().mergedBy());
        if (seen.assignees() != null) {
            seen.assignees().forEach(this::note);
        }
        if (seen.labels() != null) {
            seen.labels()
                    .forEach(label -> labelsNamed.add(new LabelOf(seen.ref().repository(), label)));
        }
        if (seen.planned() != null) {
            note(seen.ref().repository(), seen.planned().milestone());
        }
        if (seen.head().repository() != null) {
            repositoryRefs.add(seen.head().repository());
            note(new Person(seen.head().repository().owner(), false));
        }
        seen.reactions().forEach(this::note);
    }

    private void note(RepositoryRef repository, @Nullable MilestoneText milestone) {
        if (milestone != null) {
            milestonesNamed.add(new MilestoneOf(repository, milestone));
            note(milestone.creator());
        }
    }

    private void note(ConversationRef ref) {
        conversationRefs.add(ref);
        repositoryRefs.add(ref.repository());
    }

    private void note(Opinion opinion) {
        note(opinion.person());
    }

    private void note(@Nullable Person person) {
        if (person != null) {
            people.add(person);
        }
    }
}
