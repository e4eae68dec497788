package org.forgelog.command.importing;

import static org.forgelog.command.importing.Json.text;

import java.time.Instant;
import java.util.Map;
import org.forgelog.command.importing.Fact.ConversationRef;
import org.forgelog.command.importing.Fact.Happened;
import org.forgelog.command.importing.Fact.LabelText;
import org.forgelog.command.importing.Fact.LeftOut;
import org.forgelog.command.importing.Fact.Person;
import org.forgelog.command.importing.Fact.What;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** GitHub's words for what happens to issues and pull requests. */
final class IssueEvents {

    private static final Map<String, What> WORDS = Map.of(
            "closed", What.CLOSED,
            "reopened", What.REOPENED,
            "merged", What.MERGED,
            "labeled", What.LABELED,
            "unlabeled", What.UNLABELED,
            "assigned", What.ASSIGNED,
            "unassigned", What.UNASSIGNED,
            "locked", What.LOCKED,
            "unlocked", What.UNLOCKED,
            "renamed", What.RENAMED);

    private IssueEvents() {}

    static @Nullable What what(@Nullable String word) {
        return word == null ? null : WORDS.get(word);
    }

    /** What an event with that word tells, given what stands where each format has it. */
    static Fact of(
            ConversationRef ref,
            @Nullable String word,
            Person actor,
            Instant at,
            @Nullable LabelText label,
            @Nullable Person assignee,
            @Nullable String newTitle,
            JsonNode event) {
        What what = what(word);
        if (what == null) {
            return new LeftOut("issue event " + word);
        }
        String detail =
                switch (what) {
                    case RENAMED -> newTitle;
                    case LOCKED -> text(event, "lock_reason");
                    case CLOSED -> text(event, "state_reason");
                    default -> null;
                };
        return new Happened(ref, what, actor, at, label, assignee, detail);
    }
}
