package org.forgelog.standalone;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.forgelog.domain.DomainEvent;
import org.forgelog.eventlog.EventCodec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a log tells of imports, whatever ids were given: of each account and repository its events, in order. */
final class LogContent {

    private static final JsonMapper JSON = new JsonMapper();
    /** Numbers that are no ids. Made-up commits are made of ids. */
    private static final Set<String> NUMBERS = Set.of("number", "line", "start_line", "position", "milestone");

    private static final EventCodec IN_THE_CLEAR = new EventCodec();

    private final Map<Long, String> names = new HashMap<>();
    private final Map<String, List<String>> sequences = new TreeMap<>();

    private LogContent() {}

    /** @param codec reads what is encrypted there */
    static Map<String, List<String>> of(DataSource log, EventCodec codec) throws SQLException {
        LogContent content = new LogContent();
        try (Connection connection = log.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(1_000);
            try (ResultSet rows =
                    statement.executeQuery("select sequence_key, type, revision, payload from domain_event"
                            + " where jsonb_exists(metadata, 'imported') order by global_index")) {
                while (rows.next()) {
                    DomainEvent event = codec.decode(rows.getString(2), rows.getInt(3), rows.getString(4));
                    content.add(
                            rows.getString(1),
                            rows.getString(2),
                            JSON.readTree(IN_THE_CLEAR.encode(event).json()));
                }
            }
        }
        return content.sequences;
    }

    private void add(String sequenceKey, String type, JsonNode payload) {
        switch (type) {
            case "account-registered" ->
                name(payload, "account_id", payload.get("login").asString());
            case "repository-created" ->
                name(
                        payload,
                        "repository_id",
                        payload.get("owner_login").asString() + "/"
                                + payload.get("name").asString());
            case "label-created" ->
                name(payload, "label_id", "label " + payload.get("name").asString());
            default -> {}
        }
        String sequence = name(Long.parseLong(sequenceKey.substring(2)));
        sequences.computeIfAbsent(sequence, name -> new ArrayList<>()).add(type + " " + named("", payload));
    }

    private void name(JsonNode payload, String field, String name) {
        names.put(payload.get(field).asLong(), name);
    }

    private String name(long id) {
        return names.getOrDefault(id, "?");
    }

    private JsonNode named(String field, JsonNode node) {
        switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = JSON.createObjectNode();
                object.properties().forEach(entry -> copy.set(entry.getKey(), named(entry.getKey(), entry.getValue())));
                return copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JSON.createArrayNode();
                array.forEach(element -> copy.add(named(field, element)));
                return copy;
            }
            default -> {
                boolean isId = node.isIntegralNumber() && !NUMBERS.contains(field);
                return isId
                        ? JSON.valueToTree(name(node.asLong()))
                        : field.equals("merge_commit_sha") || field.equals("sha") ? JSON.valueToTree("?") : node;
            }
        }
    }
}
