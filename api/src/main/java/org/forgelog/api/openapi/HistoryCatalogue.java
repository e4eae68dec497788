package org.forgelog.api.openapi;

import static org.forgelog.api.openapi.Operation.get;

import org.forgelog.api.representation.SimpleUser;

/** What things were, change by change. */
final class HistoryCatalogue {

    /** A field's value: a text, a number, a switch, or names; for operators other things as well. */
    static final Schema VALUE = Schema.anyOf(
                    Schema.text(), Schema.whole(), Schema.flag(), Schema.listOf(Schema.text()), Schema.anyObject())
            .orNull();

    private static final Schema ENTRY = entry();

    private HistoryCatalogue() {}

    private static Schema entry() {
        return Schema.named(
                "history_entry",
                Schema.object(
                        "position",
                        Schema.count().described("The number of its event in the log, which `as_of` takes."),
                        "event",
                        Schema.text().described("What happened, as the log calls it."),
                        "actor",
                        Schema.of(SimpleUser.class).orNull(),
                        "at",
                        Schema.instant().described("When it happened."),
                        "changes",
                        Schema.listOf(Schema.object(
                                        "field",
                                        Schema.text().described("The field that has another value since."),
                                        "from",
                                        VALUE,
                                        "to",
                                        VALUE))
                                .described("The fields that have other values since.")));
    }

    /** @param what is asked about */
    static Operation of(String path, String id, String what) {
        return get(path + "/history", id, "Every change of every field of " + what + ", oldest first")
                .own()
                .about(
                        "From the log. Labels, milestones and people are called by their present names; fields that follow"
                                + " from others are left out. 422 where that would take too many events.")
                .list(ENTRY);
    }
}
