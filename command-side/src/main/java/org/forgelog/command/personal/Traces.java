package org.forgelog.command.personal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.forgelog.eventlog.PersonNames;
import org.forgelog.eventlog.PersonScrubber;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What PostgreSQL has of a person beside the log and the directory: answers, deliveries, snapshots, reports, mappings. */
final class Traces {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Columns in which people are named in words, or as {@code login/name}. */
    private static final List<String> PROSE = List.of(
            "operator_action.operator",
            "operator_action.subject",
            "operator_action.outcome",
            "discarded_event.reason",
            "discarded_event.discarded_by",
            "job.error",
            "projection_retry.outcome",
            "table_verification.error");

    /** Of a user's representation, what says more than the id. */
    private static final Set<String> OF_USER =
            Set.of("name", "email", "blog", "twitter_username", "company", "location", "bio", "notification_email");

    /** Where a login stands before something else. */
    private static final Set<String> BEGINS_WITH_LOGIN = Set.of("full_name", "label");

    private final JdbcClient jdbc;

    Traces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Removes them, in the surrounding transaction. */
    void remove(PersonNames names, PersonScrubber scrubber) {
        long account = names.account().value();
        jdbc.sql("delete from idempotency_record where owner = ?")
                .param(names.account().sequenceKey())
                .update();
        jdbc.sql("delete from snapshot where aggregate_id = ? or aggregate_id = any(?)")
                .param(names.account().aggregateId())
                .param(names.repositories().stream()
                        .map(id -> "repository-" + id)
                        .toArray(String[]::new))
                .update();
        jdbc.sql(
                        """
                        delete from hook h using repository r
                        where r.id = h.repository_id and r.deleted and r.id = any(?)""")
                .param(names.repositories().toArray(Long[]::new))
                .update();
        jdbc.sql("delete from imported where local_id = ? and (key like 'u/%' or key like 'd/%')")
                .param(account)
                .update();
        if (names.logins().isEmpty() && names.emails().isEmpty()) {
            return;
        }
        String[] anywhere = Stream.concat(names.logins().stream(), names.emails().stream())
                .map(name -> "%" + escaped(name) + "%")
                .toArray(String[]::new);
        jdbc.sql("delete from imported where key ilike any (?)")
                .param(names.logins().stream()
                        .map(Traces::escaped)
                        .flatMap(login -> Stream.of("%/" + login, "%/" + login + "/%"))
                        .toArray(String[]::new))
                .update();
        jdbc.sql("delete from snapshot where payload::text ilike any (?)")
                .param(anywhere)
                .update();
        jdbc.sql("delete from job where state <> 'RUNNING' and report::text ilike any (?)")
                .param(anywhere)
                .update();
        jdbc.sql("update table_verification set report = null where report::text ilike any (?)")
                .param(anywhere)
                .update();
        answers(account, names, scrubber, anywhere);
        deliveries(account, names, scrubber, anywhere);
        prose(names);
    }

    private record Answer(String owner, String key, @Nullable String headers, @Nullable String body) {}

    private void answers(long account, PersonNames names, PersonScrubber scrubber, String[] anywhere) {
        UnaryOperator<@Nullable String> without = json -> without(json, account, names, scrubber);
        List<Answer> answers = jdbc.sql(
                        """
                        select owner, key, headers::text as headers, body from idempotency_record
                        where headers::text ilike any (?) or body ilike any (?)""")
                .param(anywhere)
                .param(anywhere)
                .query((row, n) -> new Answer(
                        row.getString("owner"), row.getString("key"), row.getString("headers"), row.getString("body")))
                .list();
        for (Answer answer : answers) {
            jdbc.sql("update idempotency_record set headers = ?::jsonb, body = ? where owner = ? and key = ?")
                    .param(without.apply(answer.headers()))
                    .param(without.apply(answer.body()))
                    .param(answer.owner())
                    .param(answer.key())
                    .update();
        }
    }

    private record Delivery(long id, String payload) {}

    private void deliveries(long account, PersonNames names, PersonScrubber scrubber, String[] anywhere) {
        List<Delivery> deliveries = jdbc.sql("select id, payload from hook_delivery where payload ilike any (?)")
                .param(anywhere)
                .query((row, n) -> new Delivery(row.getLong(1), row.getString(2)))
                .list();
        for (Delivery delivery : deliveries) {
            jdbc.sql("update hook_delivery set payload = ? where id = ?")
                    .param(without(delivery.payload(), account, names, scrubber))
                    .param(delivery.id())
                    .update();
        }
        // What receivers answered is theirs; it may repeat what they were told.
        jdbc.sql(
                        """
                        update hook_delivery set response_headers = null, response_body = null
                        where response_headers::text ilike any (?) or response_body ilike any (?)""")
                .param(anywhere)
                .param(anywhere)
                .update();
    }

    private void prose(PersonNames names) {
        List<String> forms = new ArrayList<>();
        names.logins().forEach(login -> forms.add(login + "(?![A-Za-z0-9-])"));
        names.emails().forEach(email -> forms.add(email.replaceAll("[^A-Za-z0-9@-]", "\\\\$0")));
        String pattern = "(?<![A-Za-z0-9-])(" + String.join("|", forms) + ")";
        for (String column : PROSE) {
            String[] parts = column.split("\\.");
            jdbc.sql("update %1$s set %2$s = regexp_replace(%2$s, ?, '%3$s', 'gi') where %2$s ~* ?"
                            .formatted(parts[0], parts[1], PersonScrubber.GHOST))
                    .param(pattern)
                    .param(pattern)
                    .update();
        }
    }

    private static @Nullable String without(
            @Nullable String json, long account, PersonNames names, PersonScrubber scrubber) {
        if (json == null) {
            return null;
        }
        try {
            JsonNode node = JSON.readTree(json);
            representations(node, account, names);
            scrubber.texts(node);
            return node.toString();
        } catch (JacksonException e) {
            return "{}";
        }
    }

    /** People and repositories as answers show them. */
    private static void representations(JsonNode node, long account, PersonNames names) {
        switch (node) {
            case ObjectNode object -> {
                boolean hers = object.path("id").asLong(0) == account && object.has("login");
                for (String name : List.copyOf(object.propertyNames())) {
                    JsonNode value = object.get(name);
                    if (hers && OF_USER.contains(name)) {
                        object.putNull(name);
                    } else if (value.isString() && (hers && name.equals("login") || BEGINS_WITH_LOGIN.contains(name))) {
                        object.put(name, beginning(value.asString(), names));
                    } else {
                        representations(value, account, names);
                    }
                }
            }
            case ArrayNode array -> array.forEach(value -> representations(value, account, names));
            default -> {
                // Texts are the scrubber's.
            }
        }
    }

    private static String beginning(String text, PersonNames names) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != '/' && text.charAt(end) != ':') {
            end++;
        }
        return names.logins().contains(text.substring(0, end)) ? PersonScrubber.GHOST + text.substring(end) : text;
    }

    private static String escaped(String name) {
        return name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
