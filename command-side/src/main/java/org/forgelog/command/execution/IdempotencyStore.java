package org.forgelog.command.execution;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.forgelog.eventlog.Position;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Remembers successful answers under their idempotency keys, in the command's own transaction: there is an answer
 * exactly when there are events.
 */
final class IdempotencyStore {

    /** How long an answer is remembered. */
    static final Duration KEPT = Duration.ofHours(24);

    private static final int PURGED_AT_ONCE = 20;
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json = new JsonMapper();

    IdempotencyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The answer given before under {@code key}. When there is none, the key is taken by this transaction; while another
     * transaction holds it, this waits for that one to end.
     *
     * @throws org.forgelog.domain.Rejection when the key was used for another request
     */
    Optional<Reply> takeOrFind(IdempotencyKey key, Instant now) {
        purge(now);
        int taken = jdbc.sql(
                        """
                        insert into idempotency_record (owner, key, request_hash, created_at) values (?, ?, ?, ?)
                        on conflict (owner, key) do update
                        set request_hash = excluded.request_hash, created_at = excluded.created_at,
                            status = null, headers = null, body = null, position = null
                        where idempotency_record.created_at < ?""")
                .param(key.owner())
                .param(key.key())
                .param(key.requestHash())
                .param(now.atOffset(ZoneOffset.UTC))
                .param(expired(now))
                .update();
        return taken == 1 ? Optional.empty() : Optional.of(find(key));
    }

    private Reply find(IdempotencyKey key) {
        return jdbc.sql("select request_hash, status, headers, body, position from idempotency_record"
                        + " where owner = ? and key = ?")
                .param(key.owner())
                .param(key.key())
                .query((row, n) -> {
                    if (!key.requestHash().equals(row.getString("request_hash"))) {
                        throw IdempotencyKey.refused("was used for another request");
                    }
                    return new Reply(
                            row.getInt("status"),
                            row.getString("body"),
                            json.readValue(row.getString("headers"), HEADERS),
                            position(row.getString("position")));
                })
                .single();
    }

    private static String text(Position position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(position.text().getBytes(StandardCharsets.UTF_8));
    }

    private static Position position(String text) {
        return Position.parse(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
    }

    /** Completes the record that {@link #takeOrFind} made. */
    void remember(IdempotencyKey key, Reply reply) {
        jdbc.sql("update idempotency_record set status = ?, headers = ?::jsonb, body = ?, position = ?"
                        + " where owner = ? and key = ?")
                .param(reply.status())
                .param(json.writeValueAsString(reply.headers()))
                .param(reply.json())
                .param(text(reply.position()))
                .param(key.owner())
                .param(key.key())
                .update();
    }

    /** Each request with a key takes a few expired ones away, so that they cannot pile up. */
    private void purge(Instant now) {
        jdbc.sql(
                        """
                        delete from idempotency_record where (owner, key) in (
                            select owner, key from idempotency_record where created_at < ?
                            order by created_at limit ? for update skip locked)""")
                .param(expired(now))
                .param(PURGED_AT_ONCE)
                .update();
    }

    private static Object expired(Instant now) {
        return now.minus(KEPT).atOffset(ZoneOffset.UTC);
    }
}
