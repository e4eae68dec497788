package org.forgelog.command.subscription;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.forgelog.command.subscription.Delivery.Attempt;
import org.forgelog.command.subscription.Delivery.Message;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.eventlog.MasterKeys;
import org.forgelog.eventlog.MasterKeys.Wrapped;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The hooks and deliveries, in the surrounding transaction where there is one. */
public final class Hooks {

    /**
     * Deliveries of a hook that may wait, and what they may take in the database, in bytes. Beyond that nothing is added, and
     * it reads on in the log once some have gone: a receiver that is slow, or away, must not fill the database.
     */
    public static final int MOST_WAITING = 10_000;

    private static final long MOST_BYTES_WAITING = 100 << 20;

    private static final String HOOK =
            """
            select h.*, l.status_code as last_code, l.status as last_status
            from hook h
            left join lateral (select d.status_code, d.status from hook_delivery d
                               where d.hook_id = h.id and d.sent_at is not null order by d.id desc limit 1) l on true
            """;

    private final JdbcClient jdbc;
    private final MasterKeys masterKeys;

    /** @param masterKeys the first encrypts secrets; with none they are stored in the clear */
    public Hooks(JdbcClient jdbc, MasterKeys masterKeys) {
        this.jdbc = jdbc;
        this.masterKeys = masterKeys;
    }

    /**
     * A secret as it is stored.
     *
     * @param masterKey {@code null} when it is in the clear
     */
    private record StoredSecret(@Nullable String text, @Nullable String masterKey) {}

    private StoredSecret stored(long hook, @Nullable String secret) {
        if (secret == null || masterKeys.isEmpty()) {
            return new StoredSecret(secret, null);
        }
        Wrapped wrapped = masterKeys.wrap(secret.getBytes(StandardCharsets.UTF_8), context(hook));
        return new StoredSecret(Base64.getEncoder().encodeToString(wrapped.bytes()), wrapped.masterKey());
    }

    private @Nullable String plain(long hook, @Nullable String text, @Nullable String masterKey) {
        if (text == null || masterKey == null) {
            return text;
        }
        Wrapped wrapped = new Wrapped(masterKey, Base64.getDecoder().decode(text));
        return new String(masterKeys.unwrap(wrapped, context(hook)), StandardCharsets.UTF_8);
    }

    private static String context(long hook) {
        return "hook " + hook;
    }

    /** Encrypts secrets that are not encrypted with the first master key; answers how many. */
    public int encryptSecrets() {
        List<Hook> hooks = jdbc.sql(HOOK + "where h.secret is not null and h.secret_key is distinct from ?")
                .param(masterKeys.current())
                .query((row, n) -> hook(row))
                .list();
        for (Hook hook : hooks) {
            StoredSecret secret = stored(hook.id(), hook.config().secret());
            jdbc.sql("update hook set secret = ?, secret_key = ? where id = ?")
                    .param(secret.text())
                    .param(secret.masterKey())
                    .param(hook.id())
                    .update();
        }
        return hooks.size();
    }

    public List<Hook> ofRepository(RepositoryId repository, int offset, int limit) {
        return jdbc.sql(HOOK + "where h.repository_id = ? order by h.id offset ? limit ?")
                .param(repository.value())
                .param(offset)
                .param(limit)
                .query((row, n) -> hook(row))
                .list();
    }

    public List<Hook> ofOrganization(AccountId organization, int offset, int limit) {
        return jdbc.sql(HOOK + "where h.organization_id = ? order by h.id offset ? limit ?")
                .param(organization.value())
                .param(offset)
                .param(limit)
                .query((row, n) -> hook(row))
                .list();
    }

    public Optional<Hook> find(long id) {
        return jdbc.sql(HOOK + "where h.id = ?")
                .param(id)
                .query((row, n) -> hook(row))
                .optional();
    }

    /** Adds a hook, which is told of what happens from now on. */
    public void add(Hook hook) {
        StoredSecret secret = stored(hook.id(), hook.config().secret());
        jdbc.sql(
                        """
                        insert into hook (id, repository_id, organization_id, url, content_type, secret, secret_key, events,
                                          active, api_url, web_url, created_at, updated_at, since)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                                (select coalesce(max(global_index), 0) from domain_event))""")
                .param(hook.id())
                .param(hook.repositoryId() == null ? null : hook.repositoryId().value())
                .param(
                        hook.organizationId() == null
                                ? null
                                : hook.organizationId().value())
                .param(hook.config().url())
                .param(hook.config().contentType())
                .param(secret.text())
                .param(secret.masterKey())
                .param(hook.events().toArray(String[]::new))
                .param(hook.active())
                .param(hook.apiUrl())
                .param(hook.webUrl())
                .param(hook.createdAt().atOffset(ZoneOffset.UTC))
                .param(hook.updatedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    public void update(Hook hook) {
        StoredSecret secret = stored(hook.id(), hook.config().secret());
        jdbc.sql("update hook set url = ?, content_type = ?, secret = ?, secret_key = ?, events = ?, active = ?,"
                        + " updated_at = ? where id = ?")
                .param(hook.config().url())
                .param(hook.config().contentType())
                .param(secret.text())
                .param(secret.masterKey())
                .param(hook.events().toArray(String[]::new))
                .param(hook.active())
                .param(hook.updatedAt().atOffset(ZoneOffset.UTC))
                .param(hook.id())
                .update();
    }

    public void delete(long id) {
        jdbc.sql("delete from hook where id = ?").param(id).update();
    }

    /** Has a hook told once more of everything after a position, imports included. */
    public void replay(long id, long position) {
        jdbc.sql("update hook set position = ?, since = least(since, ?), retry_at = null where id = ?")
                .param(position)
                .param(position)
                .param(id)
                .update();
    }

    /** Whether as many deliveries of a hook wait as may. */
    public boolean isFull(long hookId) {
        return jdbc.sql(
                        "select count(*) >= ? or coalesce(sum(pg_column_size(payload)), 0) >= ? from (select payload from hook_delivery"
                                + " where hook_id = ? and state = 'PENDING' limit ?) waiting")
                .param(MOST_WAITING)
                .param(MOST_BYTES_WAITING)
                .param(hookId)
                .param(MOST_WAITING)
                .query(Boolean.class)
                .single();
    }

    /** Adds something that a hook is to be told. */
    public void deliver(long hookId, String sequenceKey, @Nullable Long position, Message message) {
        insert(hookId, sequenceKey, position, UUID.randomUUID(), message, false);
    }

    /** Tells a hook once more what it was told. */
    public void redeliver(Delivery delivery) {
        insert(
                delivery.hookId(),
                delivery.sequenceKey(),
                null,
                delivery.guid(),
                new Message(delivery.event(), delivery.action(), delivery.payload()),
                true);
    }

    private void insert(
            long hookId, String sequenceKey, @Nullable Long position, UUID guid, Message message, boolean redelivery) {
        jdbc.sql("insert into hook_delivery (hook_id, sequence_key, position, guid, event, action, payload, redelivery)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)")
                .param(hookId)
                .param(sequenceKey)
                .param(position)
                .param(guid)
                .param(message.event())
                .param(message.action())
                .param(message.payload())
                .param(redelivery)
                .update();
    }

    /** A hook's deliveries, the newest first, of which {@code before} is no more. */
    public List<Delivery> deliveries(long hookId, long before, int limit) {
        return jdbc.sql("select * from hook_delivery where hook_id = ? and id < ? order by id desc limit ?")
                .param(hookId)
                .param(before)
                .param(limit)
                .query((row, n) -> delivery(row))
                .list();
    }

    public Optional<Delivery> delivery(long hookId, long id) {
        return jdbc.sql("select * from hook_delivery where hook_id = ? and id = ?")
                .param(hookId)
                .param(id)
                .query((row, n) -> delivery(row))
                .optional();
    }

    /**
     * Takes deliveries that are due to be sent from here: of each hook and sequence the first alone, so that their order is
     * kept; how many wait behind it does not matter. What was never tried goes first: receivers that keep everybody waiting
     * are not to hold up others. They are another's when {@code lease} is over.
     */
    public List<Delivery> claim(int limit, Duration lease) {
        return jdbc.sql(
                        """
                        with recursive first as (
                            (select id, hook_id, sequence_key, next_at, claimed_until, attempts from hook_delivery
                             where state = 'PENDING' order by hook_id, sequence_key, id limit 1)
                            union all
                            select n.* from first f cross join lateral (
                                select id, hook_id, sequence_key, next_at, claimed_until, attempts from hook_delivery
                                where state = 'PENDING' and (hook_id, sequence_key) > (f.hook_id, f.sequence_key)
                                order by hook_id, sequence_key, id limit 1) n)
                        update hook_delivery
                        set claimed_until = now() + ? * interval '1 millisecond', attempts = attempts + 1, sent_at = now()
                        where id in (select f.id from first f join hook h on h.id = f.hook_id and h.active
                                     where f.next_at <= now() and (f.claimed_until is null or f.claimed_until < now())
                                     order by f.attempts > 0, f.next_at
                                     limit ?)
                          and state = 'PENDING' and (claimed_until is null or claimed_until < now())
                        returning *""")
                .param(lease.toMillis())
                .param(limit)
                .query((row, n) -> delivery(row))
                .list();
    }

    /** @param again when to try again; {@code null} when it is not tried again */
    public void ended(Delivery delivery, Attempt attempt, @Nullable Duration again) {
        String state = attempt.successful() ? "DELIVERED" : again == null ? "FAILED" : "PENDING";
        jdbc.sql(
                        """
                        update hook_delivery
                        set state = ?, status = ?, status_code = ?, duration = ?, request_headers = ?::jsonb,
                            response_headers = ?::jsonb, response_body = ?, claimed_until = null,
                            next_at = now() + ? * interval '1 millisecond',
                            ended_at = case when ? = 'PENDING' then null else now() end
                        where id = ? and attempts = ?""")
                .param(state)
                .param(attempt.status())
                .param(attempt.statusCode())
                .param(attempt.seconds())
                .param(attempt.requestHeaders())
                .param(attempt.responseHeaders())
                .param(attempt.responseBody())
                .param(again == null ? 0 : again.toMillis())
                .param(state)
                .param(delivery.id())
                .param(delivery.attempts())
                .update();
    }

    /** Forgets deliveries that ended long ago. */
    public void forget(Duration age) {
        jdbc.sql("delete from hook_delivery where ended_at < now() - ? * interval '1 second'")
                .param(age.toSeconds())
                .update();
    }

    private Hook hook(ResultSet row) throws SQLException {
        Array events = row.getArray("events");
        Long repository = (Long) row.getObject("repository_id");
        Long organization = (Long) row.getObject("organization_id");
        String status = row.getString("last_status");
        return new Hook(
                row.getLong("id"),
                repository == null ? null : new RepositoryId(repository),
                organization == null ? null : new AccountId(organization),
                new Hook.Config(
                        row.getString("url"),
                        row.getString("content_type"),
                        plain(row.getLong("id"), row.getString("secret"), row.getString("secret_key"))),
                List.of((String[]) events.getArray()),
                row.getBoolean("active"),
                row.getString("api_url"),
                row.getString("web_url"),
                moment(row, "created_at"),
                moment(row, "updated_at"),
                status == null ? null : new Hook.Outcome((Integer) row.getObject("last_code"), status));
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        OffsetDateTime sent = row.getObject("sent_at", OffsetDateTime.class);
        return new Delivery(
                row.getLong("id"),
                row.getLong("hook_id"),
                row.getString("sequence_key"),
                row.getObject("guid", UUID.class),
                row.getString("event"),
                row.getString("action"),
                row.getString("payload"),
                row.getBoolean("redelivery"),
                row.getString("state"),
                row.getInt("attempts"),
                moment(row, "created_at"),
                sent == null ? null : sent.toInstant(),
                (Double) row.getObject("duration"),
                row.getString("status"),
                (Integer) row.getObject("status_code"),
                row.getString("request_headers"),
                row.getString("response_headers"),
                row.getString("response_body"));
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
