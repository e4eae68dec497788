package org.forgelog.api.openapi;

import static org.forgelog.api.openapi.Operation.delete;
import static org.forgelog.api.openapi.Operation.get;
import static org.forgelog.api.openapi.Operation.post;
import static org.forgelog.api.openapi.Operation.put;
import static org.forgelog.api.openapi.Schema.listOf;
import static org.forgelog.api.openapi.Schema.text;

import java.util.List;
import org.forgelog.api.representation.LabelJson;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.label.LabelName;

/** Labels, assignees and lock, which issues and pull requests have alike; GitHub knows them of issues alone. */
final class TriageCatalogue {

    private static final Schema LABELS = listOf(Schema.anyOf(
            text(LabelName.LIMIT),
            new Body().must("name", text(LabelName.LIMIT)).schema()));
    private static final Schema LOGINS = listOf(text(Login.LIMIT));

    private TriageCatalogue() {}

    static List<Operation> of(String path, String group, String what, Class<?> record) {
        List<Operation> operations = List.of(
                get(path + "/labels", group + "/list-labels-on-" + one(group), "The labels of " + what)
                        .ofAnyMoment()
                        .list(LabelJson.class),
                post(path + "/labels", group + "/add-labels", "Add labels to " + what)
                        .body(new Body().must("labels", LABELS).or(LABELS))
                        .ok(listOf(Schema.of(LabelJson.class))),
                put(path + "/labels", group + "/set-labels", "Give " + what + " these labels and no others")
                        .body(new Body().must("labels", LABELS).or(LABELS))
                        .ok(listOf(Schema.of(LabelJson.class))),
                delete(path + "/labels", group + "/remove-all-labels", "Take all labels off " + what)
                        .done(),
                delete(path + "/labels/{name}", group + "/remove-label", "Take a label off " + what)
                        .ok(listOf(Schema.of(LabelJson.class))),
                post(path + "/assignees", group + "/add-assignees", "Assign people to " + what)
                        .about("Whoever cannot be assigned is left out.")
                        .body(new Body().must("assignees", LOGINS))
                        .answers(201, "With its assignees.", Schema.of(record)),
                delete(path + "/assignees", group + "/remove-assignees", "Take people off " + what)
                        .body(new Body().must("assignees", LOGINS))
                        .ok(record),
                put(path + "/lock", group + "/lock", "Lock " + what + ": only those with push access may comment")
                        .body(new Body().may("lock_reason", Schema.words(EnumValues.LOCK_REASONS)))
                        .done(),
                delete(path + "/lock", group + "/unlock", "Unlock " + what).done());
        boolean ofPulls = group.equals("pulls");
        operations.forEach(operation -> {
            if (ofPulls) {
                operation.own();
            } else if (operation.isRead()) {
                operation.refuses(410);
            }
        });
        return operations;
    }

    private static String one(String group) {
        return group.substring(0, group.length() - 1);
    }

    /** Adds the labels, assignees and milestone that come with an issue's other fields. */
    static Body given(Body body) {
        return body.may("labels", LABELS.described("Dropped silently without push access; unknown ones come to be."))
                .may("assignees", LOGINS.described("Dropped silently without push access."))
                .may("assignee", text(Login.LIMIT).described("The older word for a single assignee."))
                .may(
                        "milestone",
                        Schema.anyOf(Schema.id(), Schema.text())
                                .described("The number of a milestone; null or an empty text for none. Dropped"
                                        + " silently without push access."));
    }
}
