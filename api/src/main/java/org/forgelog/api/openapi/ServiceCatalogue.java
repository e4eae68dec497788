package org.forgelog.api.openapi;

import static org.forgelog.api.openapi.Operation.delete;
import static org.forgelog.api.openapi.Operation.get;
import static org.forgelog.api.openapi.Operation.post;
import static org.forgelog.api.openapi.Schema.anyObject;
import static org.forgelog.api.openapi.Schema.count;
import static org.forgelog.api.openapi.Schema.decimal;
import static org.forgelog.api.openapi.Schema.flag;
import static org.forgelog.api.openapi.Schema.listOf;
import static org.forgelog.api.openapi.Schema.mapOf;
import static org.forgelog.api.openapi.Schema.named;
import static org.forgelog.api.openapi.Schema.object;
import static org.forgelog.api.openapi.Schema.text;
import static org.forgelog.api.openapi.Schema.whole;
import static org.forgelog.api.openapi.Schema.words;

import java.util.List;
import java.util.Map;
import org.forgelog.api.openapi.Operation.Audience;

/** Batches, what operators need, and what the service says about itself. */
final class ServiceCatalogue {

    private ServiceCatalogue() {}

    static List<Operation> batch() {
        Schema command = named(
                "command",
                new Body()
                        .must("method", words("POST", "PUT", "PATCH", "DELETE"))
                        .must("path", text().described("Of any write that is described here, but no batch."))
                        .may("body", Schema.anyOf(anyObject(), Schema.listOf(anything())))
                        .schema());
        Schema answer = named(
                "command-answer",
                new Body()
                        .must("status", whole())
                        .must("headers", mapOf(text()))
                        .must("body", anything().described("As the command alone answers it."))
                        .schema());
        return List.of(post("/batch", "batch/run", "Carry out several commands together")
                .own()
                .about(
                        "All of them happen, in their order, or none. The answer to the first that fails is the answer to"
                                + " the batch, with its index as `command`.")
                .body(new Body()
                        .must("commands", listOf(command).with("minItems", 1).with("maxItems", 20)))
                .refuses(405, 409, 410)
                .ok(named("batch-answers", object("answers", listOf(answer)))));
    }

    private static Schema anything() {
        return new Schema(Map.of());
    }

    static List<Operation> operator() {
        Schema stopped = named(
                "stopped-sequence",
                object(
                        "sequence", text(),
                        "position", count(),
                        "error", text(),
                        "trace", text().described("Where in the program; empty where that is not known."),
                        "since", Schema.instant().orNull().described("When it failed, by the log's clock.")));
        Schema projection = named(
                "projection",
                object(
                        "position", count().described("The last position of the log that the table has."),
                        "head", count().described("The last position of the log."),
                        "lag", count().described("Events that the table does not have yet."),
                        "events_done", count(),
                        "events_total", count(),
                        "rate", decimal().described("Positions gained per second of late."),
                        "seconds_left", count().orNull(),
                        "ready", flag().described("Whether this node answers reads."),
                        "built", flag().described("Whether the table may be read at all."),
                        "leading", flag().described("Whether this node projects, all of it or a part."),
                        "stopped", listOf(stopped)));
        Schema replay = named(
                "replay",
                object(
                        "state", words("running", "done"),
                        "done", count(),
                        "total", count(),
                        "rate", decimal(),
                        "seconds_left", count().orNull()));
        Schema tables = named(
                "projections",
                object(
                        "head", count().described("The last position of the log."),
                        "events_total", count(),
                        "tables", listOf(table(stopped)),
                        "nodes",
                                listOf(named(
                                        "query-node",
                                        object("name", text(), "serves", text(), "seen_at", Schema.instant()))),
                        "names", names(),
                        "notice",
                                text().described("What whoever changed something should know about it.")
                                        .orNull()));
        Schema difference = named(
                "table-difference",
                object(
                        "kind", words("missing", "unexpected", "different", "wrong_count"),
                        "pk", text(),
                        "sk", text(),
                        "text", text().described("All of it, as people read it."),
                        "attributes", listOf(text()).described("In which it differs."),
                        "expected", anyObject().orNull(),
                        "actual", anyObject().orNull()));
        Schema verification = named(
                "verification",
                object(
                        "id", text().orNull(),
                        "state", words("none", "running", "right", "wrong", "failed"),
                        "table", text().orNull(),
                        "done", count(),
                        "total", count(),
                        "report",
                                named(
                                                "verification-report",
                                                object(
                                                        "position", count(),
                                                        "items", count(),
                                                        "differences", count(),
                                                        "complete", flag(),
                                                        "first", listOf(difference),
                                                        "buckets", count(),
                                                        "differing_buckets", count(),
                                                        "stopped", count(),
                                                        "read_units", decimal(),
                                                        "seconds", decimal()))
                                        .orNull(),
                        "error", text().orNull()));
        Schema event = named(
                "stored-event",
                new Body()
                        .must("position", count())
                        .must("event_id", text())
                        .must("aggregate_type", text())
                        .must("aggregate_id", text())
                        .must("sequence_number", count())
                        .must("type", text())
                        .must("revision", whole())
                        .must("sequence", text())
                        .must("appended_at", text().described("To the microsecond."))
                        .must("metadata", anyObject())
                        .must("payload", anyObject())
                        .may(
                                "discarded",
                                object("reason", text(), "by", text(), "at", text())
                                        .described("Only where the event was."))
                        .schema());
        Schema letter = named(
                "dead-letter",
                object(
                        "table", text(),
                        "sequence", text(),
                        "position", count().described("Where the sequence stopped."),
                        "type", text().described("Of the event there."),
                        "error", text(),
                        "waiting", count().described("Events of the sequence from there on."),
                        "appended_at", Schema.instant(),
                        "trace", text().described("Where in the program it failed; empty where that is not known."),
                        "since", Schema.instant().orNull().described("When it failed, by the log's clock.")));
        Schema discarded = named(
                "discarded-event",
                object(
                        "position", count(),
                        "sequence", text(),
                        "type", text(),
                        "reason", text(),
                        "by", text(),
                        "at", Schema.instant()));
        Schema outcome = named(
                "retry-outcome",
                object(
                        "sequence", text(),
                        "tables", mapOf(text()).described("By table, what became of it, in words.")));
        Parameter<?> named =
                ParameterTypes.query("repository", text()).described("Owner and name, with a slash between.");
        Schema rebuild = named(
                "rebuild",
                object(
                        "sequence", text(),
                        "tables",
                                mapOf(text().orNull())
                                        .described(
                                                "By table, what became of it, in words; null while it is under way.")));
        Schema job = named(
                "job",
                object(
                        "id", text(),
                        "kind", text().described("What it does, in words."),
                        "state", words("running", "done", "failed"),
                        "done", count().described("Events that are done with."),
                        "total", count(),
                        "report", anyObject().orNull().described("What was found, once it is done."),
                        "failure",
                                object("status", whole(), "message", text())
                                        .orNull()
                                        .described("Why it failed, with HTTP's status for it.")));
        List<Operation> operations = List.of(
                get("/operator/projection", "operator/get-projection", "How far the table is behind the log")
                        .ok(projection),
                get("/operator/status", "operator/get-status", "The same under another name")
                        .ok(projection),
                get("/operator/replay", "operator/get-replay", "How far a replay is")
                        .ok(replay),
                post("/operator/replay", "operator/start-replay", "Empty the table and rebuild it from the log")
                        .about("Reads are answered 503 meanwhile.")
                        .answers(202, "It began.", replay),
                get("/operator/projections", "operator/list-projections", "The tables that the log is projected into")
                        .ok(tables),
                get("/operator/replay/verify", "operator/get-verification", "What the last comparison found")
                        .about("Of a table with the log, by whichever node.")
                        .query(
                                "Verification",
                                ParameterTypes.query("table", text())
                                        .described("Of which table; where left out, the latest of any."))
                        .ok(verification),
                post("/operator/replay/verify", "operator/verify", "Compare a table with the log")
                        .about(
                                """
                                With another fold of the log than the one that built it. Answers at once; the comparison
                                goes on, and so do reads and writes.""")
                        .query(
                                "Operation",
                                ParameterTypes.query("table", text())
                                        .described(
                                                "Which table; where left out, the one that is to serve next where there"
                                                        + " is one, otherwise the one that serves."),
                                ParameterTypes.query("rate", Schema.id()).described("Read units a second at most."))
                        .refuses(409)
                        .answers(202, "It began.", verification),
                get("/operator/replay/repository", "operator/get-rebuild", "What became of a repository's last rebuild")
                        .query("Operation", named)
                        .refuses(404)
                        .ok(rebuild),
                post("/operator/replay/repository", "operator/rebuild", "Rebuild one repository's items in place")
                        .about("In every table, while they are read. Answers at once.")
                        .query("Operation", named)
                        .refuses(404)
                        .answers(202, "It is asked for.", rebuild),
                post(
                                "/operator/replay/{action}",
                                "operator/replay",
                                "Build a table beside the one that serves, and switch")
                        .about(
                                """
                                `start` begins to build a table, `pause` and `resume` hold it, `abort` removes it.
                                `switch` has a built table serve, `rollback` the one that served before it, and `drop`
                                removes a table that served before. Reads go on all the while.""")
                        .query(
                                "Operation",
                                ParameterTypes.query("table", text())
                                        .described("Which table; where left out, the only one that it can be."),
                                ParameterTypes.query("rate", Schema.id())
                                        .described("For `start` and `resume`: write units a second while it is built."),
                                ParameterTypes.query("force", flag())
                                        .described("For `switch` and `rollback`: although the table is behind, not"
                                                + " verified, or has blocked sequences that the other one has not."))
                        .refuses(404, 409)
                        .ok(tables),
                get(
                                "/operator/dead-letters",
                                "operator/list-dead-letters",
                                "Blocked event sequences and skipped events")
                        .ok(named(
                                "dead-letters",
                                object("stopped", listOf(letter), "discarded", listOf(discarded), "names", names()))),
                get("/operator/dead-letters/{sequence}", "operator/get-dead-letter", "A blocked event sequence")
                        .ok(named(
                                "stopped-events",
                                object(
                                        "sequence",
                                        text(),
                                        "stopped",
                                        listOf(letter),
                                        "events",
                                        listOf(event),
                                        "names",
                                        names()))),
                post("/operator/dead-letters/{sequence}/retry", "operator/retry-dead-letter", "Try a sequence again")
                        .about("In every table, on the nodes that project into them.")
                        .ok(outcome),
                post(
                                "/operator/dead-letters/{sequence}/discard",
                                "operator/discard-dead-letter",
                                "Go on without an event")
                        .about(
                                """
                                Leaves the event at which the sequence stopped out of all tables, for good. Unless it is of
                                a kind that has nothing to do with rights, what the sequence is about remains visible to
                                its owner alone: nobody knows what the event took away.""")
                        .query(
                                "Operation",
                                ParameterTypes.query("position", Schema.id())
                                        .described("Of the event, so that nobody discards another one than they saw."),
                                ParameterTypes.query("reason", text()).described("For those who look later."))
                        .refuses(400, 409)
                        .ok(outcome),
                get("/operator/events", "operator/list-events", "The log")
                        .query(
                                "Operation",
                                ParameterTypes.query("after", count().otherwise(0))
                                        .described("Only events with greater positions."),
                                ParameterTypes.query("limit", whole().otherwise(100)),
                                ParameterTypes.query("repository", text())
                                        .described("Only those of the repository of that owner/name."),
                                ParameterTypes.query("sequence", text()).described("Only those of one sequence."),
                                ParameterTypes.query("aggregate", text()).described("Only those of one aggregate."))
                        .refuses(400, 404)
                        .ok(named(
                                "stored-events",
                                object(
                                        "head",
                                        count().described("The last position of the log."),
                                        "events",
                                        listOf(event),
                                        "names",
                                        names()))),
                get("/operator/diff", "operator/diff", "What differs between two moments of a repository or an account")
                        .about("With what was deleted since. Items are called what people call them.")
                        .query(
                                "Operation",
                                ParameterTypes.query("of", text()).described("`owner/name`, or a login."),
                                ParameterTypes.query("from", text())
                                        .described("A moment: a time, the number of an event, or a position. Before"
                                                + " everything where nothing is sent."),
                                ParameterTypes.query("to", text()).described("Another one; now where nothing is sent."))
                        .refuses(400, 404, 422)
                        .ok(named(
                                "diff",
                                object(
                                        "of",
                                        text().described("What was asked about."),
                                        "from",
                                        Schema.count().described("The number of the last event before."),
                                        "to",
                                        Schema.count().described("The number of the last event that counts."),
                                        "differences",
                                        listOf(object(
                                                        "what",
                                                        text().described("What differs: `issue #1`, for instance."),
                                                        "change",
                                                        Schema.words("added", "removed", "changed")
                                                                .described("What became of it."),
                                                        "fields",
                                                        listOf(
                                                                        object(
                                                                                "field",
                                                                                text().described(
                                                                                                "The field, as it is stored."),
                                                                                "from",
                                                                                HistoryCatalogue.VALUE,
                                                                                "to",
                                                                                HistoryCatalogue.VALUE))
                                                                .described("Those that differ.")))
                                                .described("All that differs, by name.")))),
                get("/operator/person-keys", "operator/list-person-keys", "People's keys, encrypted")
                        .about(
                                """
                                Belongs to the log when it is exported. Each is encrypted with a master key, which is in no
                                answer; of those who were forgotten there is none any more.""")
                        .query(
                                "Operation",
                                ParameterTypes.query("after", count().otherwise(0))
                                        .described("Only those of accounts with greater ids."),
                                ParameterTypes.query("limit", whole().otherwise(1000)))
                        .ok(
                                named(
                                        "person-keys",
                                        object(
                                                "keys",
                                                listOf(
                                                                object(
                                                                        "person_key",
                                                                                count().described("Id of the account."),
                                                                        "wrapped",
                                                                                text().orNull()
                                                                                        .described("In Base64."),
                                                                        "master_key",
                                                                                text().orNull()
                                                                                        .described(
                                                                                                "Which one encrypts it."),
                                                                        "destroyed_at",
                                                                                text().orNull()
                                                                                        .described(
                                                                                                "When the person was forgotten.")))
                                                        .described(
                                                                "In the order of their accounts; none left when there are none.")))),
                get("/operator/explain", "operator/explain-item", "An item, and the events that made it")
                        .about("The events of the sequence that wrote it last.")
                        .query(
                                "Operation",
                                ParameterTypes.query("key", text())
                                        .described(
                                                "What the item is called: a URL, `owner/name`, `owner/name#1`, a login,"
                                                        + " or its partition and sort key with ` / ` between, ids with or"
                                                        + " without zeros before them."))
                        .refuses(400, 404)
                        .ok(named(
                                "explanation",
                                object(
                                        "table",
                                        text(),
                                        "item",
                                        anyObject(),
                                        "events",
                                        listOf(event),
                                        "names",
                                        names()))),
                post("/admin/log/restore", "operator/restore-log", "Fill an empty log from an export")
                        .by(Audience.SITE_ADMIN)
                        .about(
                                """
                                The body is what `forgelog export` writes: one event a line, as JSON, and a checksum in the
                                last one. All of it is restored, with its positions and with what was discarded, and the
                                directory with it, or nothing. What cannot be read blocks its sequence. An export with
                                people's keys is refused unless it is said who was forgotten since.""")
                        .query(
                                "Operation",
                                ParameterTypes.query("forgotten", text())
                                        .described(
                                                "Ids of the accounts of those who were forgotten, with commas between;"
                                                        + " `none` when it was nobody."))
                        .body(new Body()
                                .must("events", count().described("Of the last line."))
                                .must("sha256", text().described("Of all lines before it.")))
                        .refuses(400, 409)
                        .answers(202, "It began.", job),
                post("/admin/imports", "operator/import", "Take another forge's history in")
                        .by(Audience.SITE_ADMIN)
                        .about(
                                """
                                The body is a file: GitHub's archive of a migration (`tar.gz`), an hour of GH Archive, or what
                                the REST API lists (also packed by gzip). What comes of it are events like others, with their
                                true time; what was taken before is not taken again.""")
                        .query(
                                "Operation",
                                ParameterTypes.words("on_error", "stop", "skip")
                                        .described("What is done about a record that cannot be read."))
                        .body(new Body())
                        .refuses(400, 409)
                        .answers(202, "It began.", job),
                delete(
                                "/admin/users/{username}/personal-data",
                                "operator/forget-person",
                                "Delete a user and everything that tells who it was")
                        .by(Audience.SITE_ADMIN)
                        .about(
                                """
                                Deletes the account with its repositories and destroys the key that encrypts what the log says
                                of the person: log, tables, answers, deliveries and exports made from then on no longer tell
                                who it was. What the person wrote elsewhere stays, by a ghost. A user who is deleted already
                                is named by the last login. May be repeated where it failed.""")
                        .refuses(403, 404, 409)
                        .answers(202, "It began.", job),
                post(
                                "/admin/master-key/rotation",
                                "operator/rotate-master-key",
                                "Encrypt people's keys with the first master key")
                        .by(Audience.SITE_ADMIN)
                        .about("Afterwards the others are needed for older exports and backups alone.")
                        .refuses(409)
                        .answers(202, "It began.", job),
                post("/admin/directory/verify", "operator/verify-directory", "Compare the directory with the log")
                        .by(Audience.SITE_ADMIN)
                        .refuses(409)
                        .answers(202, "It began.", job),
                post("/admin/directory/rebuild", "operator/rebuild-directory", "Write the directory anew")
                        .by(Audience.SITE_ADMIN)
                        .refuses(409)
                        .answers(202, "It began.", job),
                get("/admin/jobs/{job_id}", "operator/get-job", "How far long work is, or what came of it")
                        .by(Audience.SITE_ADMIN)
                        .refuses(404)
                        .ok(job));
        operations.forEach(operation -> operation.own().onItsOwn());
        operations.stream().filter(o -> o.audience() != Audience.SITE_ADMIN).forEach(o -> o.by(Audience.OPERATOR));
        return operations;
    }

    private static Schema names() {
        return mapOf(text()).described("Names of the repositories and accounts that occur, by sequence key.");
    }

    private static Schema table(Schema stopped) {
        return named(
                "projected-table",
                object(
                        "name", text(),
                        "state", words("building", "paused", "ready", "serving", "retired", "dropping"),
                        "version", whole().described("Of the projection that built it."),
                        "position", count(),
                        "lag", count().described("Events that it does not have yet."),
                        "lag_seconds", count().described("How long ago the oldest of them was appended."),
                        "events_done", count(),
                        "rate", decimal().described("Positions gained per second of late."),
                        "seconds_left", count().orNull(),
                        "write_units",
                                count().described("That may be spent a second while it is built.")
                                        .orNull(),
                        "leader",
                                text().described("The node that projects its first segment.")
                                        .orNull(),
                        "segments",
                                listOf(object(
                                                "segment", whole(),
                                                "slots", whole().described("Of the 16 that sequences fall into."),
                                                "position", count(),
                                                "lag", count().described("Events after its position."),
                                                "leader",
                                                        text().described("The node that projects it.")
                                                                .orNull()))
                                        .described("In which nodes share it out."),
                        "read_by", listOf(text()).described("The nodes that answer reads from it."),
                        "created_at", Schema.instant(),
                        "verified_position", count().orNull(),
                        "verified_at", Schema.instant().orNull(),
                        "stopped", listOf(stopped)));
    }

    static List<Operation> meta() {
        Schema limit = named(
                "rate-limit",
                object(
                        "limit", count(),
                        "remaining", count(),
                        "reset", count().described("Seconds since 1970."),
                        "used", count()));
        List<Operation> operations = List.of(
                get("/", "meta/root", "Where to begin").ok(named("root", mapOf(text()))),
                get("/meta", "meta/get", "What kind of service this is")
                        .ok(named("api-overview", object("verifiable_password_authentication", flag()))),
                get("/versions", "meta/get-all-versions", "The versions of the API that are served")
                        .ok(listOf(text())),
                get("/rate_limit", "rate-limit/get", "Where the caller stands; asking is free")
                        .refuses(404)
                        .ok(named(
                                "rate-limit-overview",
                                object(
                                        "resources",
                                        object(
                                                "core", limit,
                                                "search", limit,
                                                "graphql", limit,
                                                "integration_manifest", limit),
                                        "rate",
                                        limit))),
                get("/avatars/u/{account_id}", "meta/get-avatar", "The picture of an account: made from its id")
                        .own()
                        .answersText("image/svg+xml"),
                get("/openapi.json", "meta/get-openapi", "This description")
                        .own()
                        .ok(anyObject()),
                get("/docs", "meta/get-docs", "This description, to be read and tried in a browser")
                        .own()
                        .answersText("text/html"));
        operations.forEach(Operation::onItsOwn);
        return operations;
    }
}
