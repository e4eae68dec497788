package org.forgelog.command.importing;

import static org.forgelog.command.importing.Json.text;

import java.time.Instant;
import java.util.Locale;
import org.forgelog.command.importing.Fact.ConversationRef;
import org.forgelog.command.importing.Fact.Happened;
import org.forgelog.command.importing.Fact.LabelText;
import org.forgelog.command.importing.Fact.LeftOut;
import org.forgelog.command.importing.Fact.MilestoneText;
import org.forgelog.command.importing.Fact.Person;
import org.forgelog.command.importing.Fact.What;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** GitHub's words for what happens to issues and pull requests. */
final class IssueEvents {

    private IssueEvents() {}

    static @Nullable What what(@Nullable String word) {
        for (What what : What.values()) {
            if (what.name().toLowerCase(Locale.ROOT).equals(word)) {
                return what;
            }
        }
        return null;
    }

    /** What an event with that word tells, given what stands where each format has it. */
    static Fact of(
            ConversationRef ref,
            @Nullable String word,
            Person actor,
            Instant at,
            @Nullable LabelText label,
            @Nullable Person assignee,
            @Nullable MilestoneText milestone,
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
        return new Happened(ref, what, actor, at, label, assignee, milestone, detail);
    }
}
