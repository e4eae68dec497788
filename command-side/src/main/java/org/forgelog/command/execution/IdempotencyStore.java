package org.forgelog.command.execution;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** Most keys that an owner uses in that time. */
    static final int MOST = 10_000;

    private static final int PURGED_AT_ONCE = 20;
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json = new JsonMapper();

    IdempotencyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An answer that was given before, and what it was given for. */
    record Earlier(Reply reply, Set<String> grounds) {}

    /**
     * The answer given before under {@code key}. When there is none, the key is taken by this transaction; while another
     * transaction holds it, this waits for that one to end.
     *
     * @throws org.forgelog.domain.Rejection when the key was used for another request
     */
    Optional<Earlier> takeOrFind(IdempotencyKey key, Instant now) {
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
        if (taken == 0) {
            return Optional.of(find(key));
        }
        checkNumber(key.owner());
        return Optional.empty();
    }

    private void checkNumber(String owner) {
        long used = jdbc.sql("select count(*) from (select from idempotency_record where owner = ? limit ?) u")
                .param(owner)
                .param(MOST + 1)
                .query(Long.class)
                .single();
        if (used > MOST) {
            throw IdempotencyKey.refused("was used with " + MOST + " values within a day");
        }
    }

    private Earlier find(IdempotencyKey key) {
        return jdbc.sql("select request_hash, status, headers, body, position, grounds from idempotency_record"
                        + " where owner = ? and key = ?")
                .param(key.owner())
                .param(key.key())
                .query((row, n) -> {
                    if (!key.requestHash().equals(row.getString("request_hash"))) {
                        throw IdempotencyKey.refused("was used for another request");
                    }
                    Reply reply = new Reply(
                            row.getInt("status"),
                            row.getString("body"),
                            json.readValue(row.getString("headers"), HEADERS),
                            position(row.getString("position")));
                    return new Earlier(
                            reply, Set.of((String[]) row.getArray("grounds").getArray()));
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
    void remember(IdempotencyKey key, Reply reply, Set<String> grounds) {
        jdbc.sql("update idempotency_record set status = ?, headers = ?::jsonb, body = ?, position = ?,"
                        + " grounds = ?"
                        + " where owner = ? and key = ?")
                .param(reply.status())
                .param(json.writeValueAsString(reply.headers()))
                .param(reply.json())
                .param(text(reply.position()))
                .param(grounds.toArray(String[]::new))
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
