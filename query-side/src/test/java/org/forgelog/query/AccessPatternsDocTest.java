package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.invitation.InvitationEvent.Outcome;
import org.forgelog.domain.invitation.Offer;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.domain.reaction.ReactionEvent.ReactionAdded;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.query.QueryService.Answer;
import org.forgelog.query.projection.batch.EventCosts;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.table.ItemSize;
import org.forgelog.query.table.WriteUnits;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/access-patterns.md} says what the code does: made from the catalogue and from what was measured. Run with
 * {@code -Ddocs.write=true} to write it anew.
 */
class AccessPatternsDocTest {

    private static final Path FILE = Path.of("../docs/access-patterns.md");

    @Test
    void thePageSaysWhatTheCodeDoes() throws IOException {
        String page = page();
        if (Boolean.getBoolean("docs.write")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, page);
        }
        assertThat(FILE).as("run this test with -Ddocs.write=true").exists();
        assertThat(Files.readString(FILE)).isEqualTo(page);
    }

    private static String page() {
        StringBuilder page = new StringBuilder(
                """
                # Access patterns

                Generated from the catalogue (`AccessPattern`) and from measurements by `AccessPatternsDocTest`; run it with
                `-Ddocs.write=true` after a change.

                Rounds are requests sent together and waited for together. The first number is what the pattern takes at most
                once a node has met the names (the node that projects has met what it wrote); the second, and with it requests
                and read units, is what it takes once the same was read before but has changed or may have, as the keys of the
                last answer are asked for at once. A name not met before costs one round more; so do people whom the
                repository's answers did not mention before, and long bodies in a list, where the pattern has no later round to
                take them along. The last number is what the same costs when nothing changed since it was read
                ([decision 23](adr/0023-an-exact-item-cache.md)). Items are read eventually consistent, or consistent when the
                request carries a position or they changed of late; an index is always eventually consistent. Read units are by
                AWS's rules from the sizes of the items: half a unit for each 4 KB of an item, or of all that a query reads.
                Measured on a page of 30 (31 are read, to know whether there is another page), with bodies of 450 bytes.

                | # | pattern | routes | round 1 | round 2 | index | rounds at most | rounds | requests | read units | unchanged |
                |---|---|---|---|---|---|---|---|---|---|---|
                """);
        try (QueryService service = QueryService.start("forgelog.cache.bytes=0")) {
            service.log().append(CostTest.forge());
            service.log().token(1, "octocat", "octo-token");
            service.await();
            try (QueryService remembering = service.beside("forgelog.settle-delay=0s")) {
                remembering.await();
                for (AccessPattern pattern : AccessPattern.values()) {
                    row(page, pattern, CostTest.measured(service, pattern), CostTest.measured(remembering, pattern));
                }
            }
        }
        page.append(
                """

                ## Write units

                What one event costs when it comes alone; several events of one batch on one item are one write. One unit for
                each KB of an item, twice that in a transaction; for each index one unit for each KB of the item when it enters,
                leaves or stays, two when its key there changes. The progress adds one unit a batch, at
                most ten a second.

                | event | items written | their units | units of indexes | together |
                |---|---|---|---|---|
                """);
        EventCosts.of(history()).forEach((type, writes) -> {
            WriteUnits.Cost cost = new WriteUnits.Cost(0, 0, 0);
            for (EventCosts.Written write : writes) {
                boolean transaction = write.counts() > 0;
                cost = cost.plus(new WriteUnits.Cost(
                        1 + write.counts(),
                        WriteUnits.ofItem(write.before(), write.after(), transaction) + 2L * write.counts(),
                        WriteUnits.ofIndexes(write.before(), write.after())));
            }
            page.append(String.format(
                    Locale.ROOT,
                    "| `%s` | %d | %d | %d | %d |%n",
                    type,
                    cost.items(),
                    cost.itemUnits(),
                    cost.indexUnits(),
                    cost.total()));
        });
        page.append(sizes());
        return page.toString().replace("\r\n", "\n");
    }

    private static void row(StringBuilder page, AccessPattern pattern, Answer answer, Answer unchanged) {
        page.append(String.format(
                Locale.ROOT,
                "| %d | %s | %s | %s | %s | %s | %d | %d | %d | %.1f | %.1f |%n",
                pattern.number(),
                pattern.title(),
                pattern.routes().replaceAll("(/[^ ,]+)", "`$1`").replace("GET ", ""),
                pattern.requests().getFirst(),
                pattern.requests().size() > 1 ? pattern.requests().get(1) : "",
                pattern.requests().stream().anyMatch(text -> text.contains("gsi")) ? "yes" : "",
                pattern.rounds(),
                answer.rounds(),
                answer.requests(),
                answer.readUnits(),
                unchanged.readUnits()));
    }

    private static String sizes() {
        StringBuilder text = new StringBuilder("\nSizes of the items measured, in bytes: ");
        Map<String, java.util.List<EventCosts.Written>> written = EventCosts.of(history());
        for (String type :
                new String[] {"account-registered", "repository-created", "issue-opened", "pull-request-opened"}) {
            text.append(type.replaceAll("-(registered|created|opened)", "").replace('-', ' '))
                    .append(' ')
                    .append(ItemSize.of(written.get(type).getFirst().after()))
                    .append(", ");
        }
        return text.append("star ")
                .append(ItemSize.of(written.get("repository-starred").getFirst().after()))
                .append(".\n")
                .toString();
    }

    /** One event of each kind that changes the table. */
    private static DomainEvent[] history() {
        CommentWritten comment = EventFixtures.commented(10, 1, 7, 1, "I have seen that too. ".repeat(20));
        ReactionAdded reaction = EventFixtures.reacted(comment, 9, 1, ReactionContent.HEART);
        return new DomainEvent[] {
            EventFixtures.registered(1, "octocat"),
            EventFixtures.renamed(1, "octocat", "octo-cat"),
            EventFixtures.created(10, 1, "octocat", "hello"),
            EventFixtures.renamed(10, "octocat", "hello", "hello-world"),
            EventFixtures.madePrivate(10, true),
            EventFixtures.issue(10, 1, 1, "Issue number 1", "What is wrong. ".repeat(30)),
            EventFixtures.edited(10, 1, "Another title", null),
            EventFixtures.closed(10, 1, 1),
            EventFixtures.reopened(10, 1, 1),
            comment,
            EventFixtures.edited(comment, "I have not seen that. ".repeat(20)),
            reaction,
            EventFixtures.withdrawn(reaction),
            EventFixtures.deleted(comment),
            EventFixtures.label(10, 70, "bug"),
            EventFixtures.labelled(10, 1, 70),
            EventFixtures.assigned(10, 1, 1),
            EventFixtures.locked(10, 1, LockReason.SPAM),
            EventFixtures.unlocked(10, 1),
            EventFixtures.unassigned(10, 1, 1),
            EventFixtures.unlabelled(10, 1, 70),
            EventFixtures.labelEdited(10, 70, "bug", "defect", "ff0000"),
            EventFixtures.labelDeleted(10, 70, "defect"),
            EventFixtures.milestone(10, 1, "v1"),
            EventFixtures.milestoned(10, 1, 1),
            EventFixtures.demilestoned(10, 1, 1),
            EventFixtures.milestoneRetitled(10, 1, "v2"),
            EventFixtures.milestoneClosed(10, 1),
            EventFixtures.milestoneDeleted(10, 1),
            EventFixtures.topics(10, "java", "dynamodb"),
            EventFixtures.pull(10, 1, 1, "Pull request number 1"),
            EventFixtures.pullClosed(10, 1, 1),
            EventFixtures.pull(10, 2, 1, "Pull request number 2"),
            EventFixtures.mergedOf(10, 2, 1),
            EventFixtures.starred(1, 10),
            EventFixtures.unstarred(1, 10),
            EventFixtures.watched(1, 10),
            EventFixtures.unwatched(1, 10),
            EventFixtures.emails(1, "octocat@example.org"),
            EventFixtures.organization(50, "github"),
            EventFixtures.member(50, 1, OrganizationRole.ADMIN),
            EventFixtures.member(50, 2, OrganizationRole.MEMBER),
            EventFixtures.concealed(50, 2),
            EventFixtures.memberIs(50, 2, OrganizationRole.ADMIN),
            EventFixtures.memberLeft(50, 2),
            EventFixtures.ofMembers(50, Permission.WRITE),
            EventFixtures.invited(21, 2, Offer.collaboration(new RepositoryId(10), Permission.READ), 1),
            EventFixtures.invitationChanged(21, 2, Offer.collaboration(new RepositoryId(10), Permission.WRITE), 1),
            EventFixtures.invitationEnded(
                    21, 2, Offer.collaboration(new RepositoryId(10), Permission.WRITE), Outcome.ACCEPTED),
            EventFixtures.collaborator(10, 2, Permission.READ),
            EventFixtures.collaboratorMay(10, 2, Permission.WRITE),
            EventFixtures.collaboratorLeft(10, 2),
            EventFixtures.transferred(10, 1, "octocat", 50, "github", "hello-world"),
            EventFixtures.forked(12, 2, "torvalds", "hello", 10, 10),
            EventFixtures.deleted(10, 50, "github", "hello-world"),
            EventFixtures.accountDeleted(1, "octo-cat")
        };
    }
}
