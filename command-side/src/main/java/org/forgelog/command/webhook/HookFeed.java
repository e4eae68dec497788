package org.forgelog.command.webhook;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.forgelog.api.Caller;
import org.forgelog.api.representation.Links;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.CommandExecutor;
import org.forgelog.command.execution.Origin;
import org.forgelog.command.execution.Session;
import org.forgelog.command.operation.WebhookPayloads;
import org.forgelog.command.operation.WebhookPayloads.Deleted;
import org.forgelog.command.operation.WebhookPayloads.Told;
import org.forgelog.command.subscription.Delivery.Message;
import org.forgelog.command.subscription.Hook;
import org.forgelog.command.subscription.Hooks;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.StoredEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes deliveries of events. One node at a time reads on; that it did is noted in the transaction that adds the
 * deliveries, so that each event becomes deliveries once, whoever is killed. A hook to which something cannot be told, or for
 * which too much waits, goes on by itself, and holds up nobody else.
 */
final class HookFeed {

    /** Positions looked at in one transaction. */
    private static final int STRETCH = 1_000;
    /** Nor does one go on for longer, once something was told. */
    private static final long LONGEST_NANOS = Duration.ofSeconds(1).toNanos();

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Origin ORIGIN = new Origin(Caller.SITE_ADMIN, "webhooks");

    /** The last column: whether it is told to those who listen to the parent of a fork. */
    private static final String DUE =
            """
            select e.global_index, e.sequence_key, h.id as hook_id, false
            from domain_event e join hook h on h.repository_id is not null and e.sequence_key = 'r:' || h.repository_id
            where %1$s
            union all
            select e.global_index, e.sequence_key, h.id, false
            from domain_event e
            join repository r on e.sequence_key = 'r:' || r.id
            join hook h on h.organization_id = r.owner_id
            where %1$s
            union all
            select e.global_index, e.sequence_key, h.id, false
            from domain_event e join hook h on h.organization_id is not null and e.sequence_key = 'a:' || h.organization_id
            where %1$s
            union all
            select e.global_index, 'r:' || r.id, h.id, true
            from domain_event e
            join repository r on e.type = 'repository-created' and r.id = (e.payload #>> '{fork,parent_id}')::bigint
            join hook h on h.repository_id = r.id or h.organization_id = r.owner_id
            where %1$s
            order by 1, 3, 4""";

    private static final String OF_RANGE =
            """
            e.global_index > :after and e.global_index <= :to and h.active and e.global_index > h.since
            and not exists (select from discarded_event d where d.global_index = e.global_index)
            and """;

    /** What is imported was told elsewhere. */
    private static final String LIVE = String.format(
            DUE, OF_RANGE + " h.position is null and not jsonb_exists(e.metadata, '" + Origin.IMPORTED + "')");

    private static final String OF_HOOK = String.format(DUE, OF_RANGE + " h.id = :hook");

    private static final Logger log = LoggerFactory.getLogger(HookFeed.class);

    private final CommandExecutor executor;
    private final EventLogReader reader;
    private final EventCodec codec;
    private final JsonMapper json;

    private record Due(long position, String sequenceKey, long hook, boolean toParent) {}

    /** A hook that reads on by itself. */
    private record Behind(long hook, long position) {}

    HookFeed(CommandExecutor executor, EventLogReader reader, EventCodec codec, JsonMapper json) {
        this.executor = executor;
        this.reader = reader;
        this.codec = codec;
        this.json = json;
    }

    /** Reads on a stretch; answers whether there may be more right now. */
    boolean feed() {
        boolean[] more = new boolean[1];
        executor.execute(
                session -> {
                    more[0] = feed(session);
                    return Answer.noContent();
                },
                ORIGIN,
                null);
        return more[0];
    }

    private boolean feed(Session session) {
        JdbcClient jdbc = session.directory().beside(client -> client);
        Long earliest = jdbc.sql("select min(since) from hook")
                .query(Long.class)
                .optional()
                .orElse(null);
        if (earliest == null) {
            return false;
        }
        Long read = jdbc.sql("select position from hook_feed where name = 'all' for update skip locked")
                .query(Long.class)
                .optional()
                .orElse(null);
        if (read == null) {
            return false;
        }
        long position = Math.max(read, earliest);
        long head = reader.head();
        long to = Math.min(head, position + STRETCH);
        if (to > position) {
            to = live(session, jdbc, position, to);
            jdbc.sql("update hook_feed set position = ? where name = 'all'")
                    .param(to)
                    .update();
        }
        return alone(session, jdbc, to) || to < head;
    }

    /** Answers how far it came. */
    private long live(Session session, JdbcClient jdbc, long after, long to) {
        Set<Long> failed = new HashSet<>();
        Teller teller = new Teller(session, Deleted.TOLD);
        for (Due due : due(jdbc.sql(LIVE).param("after", after).param("to", to))) {
            if (teller.isTired(due)) {
                return due.position - 1;
            }
            if (!failed.contains(due.hook) && (teller.isFull(due.hook) || !teller.tell(due))) {
                failed.add(due.hook);
                stay(jdbc, due.hook, due.position - 1);
            }
        }
        return to;
    }

    /** Lets hooks read on by themselves, whichever it may be; answers whether any has more to read right now. */
    private boolean alone(Session session, JdbcClient jdbc, long head) {
        long start = System.nanoTime();
        boolean more = false;
        for (Behind hook : jdbc.sql("select id, position from hook where position is not null and active"
                        + " and (retry_at is null or retry_at < now()) order by random() limit 100")
                .query((row, n) -> new Behind(row.getLong(1), row.getLong(2)))
                .list()) {
            if (System.nanoTime() - start > LONGEST_NANOS) {
                return true;
            }
            more |= alone(session, jdbc, hook, head);
        }
        return more;
    }

    /** Lets a hook read on by itself; answers whether it has more to read right now. */
    private boolean alone(Session session, JdbcClient jdbc, Behind hook, long head) {
        long to = Math.min(head, hook.position + STRETCH);
        Teller teller = new Teller(session, Deleted.LEFT_OUT);
        for (Due due : due(
                jdbc.sql(OF_HOOK).param("after", hook.position).param("to", to).param("hook", hook.hook))) {
            if (teller.isTired(due)) {
                to = due.position - 1;
                break;
            }
            if (teller.isFull(due.hook) || !teller.tell(due)) {
                stay(jdbc, due.hook, due.position - 1);
                return false;
            }
        }
        boolean there = to >= head;
        jdbc.sql("update hook set position = ?, retry_at = null where id = ?")
                .param(there ? null : to)
                .param(hook.hook)
                .update();
        return !there;
    }

    private static void stay(JdbcClient jdbc, long hook, long position) {
        jdbc.sql("update hook set position = ?, retry_at = now() + ? * interval '1 second' where id = ?")
                .param(position)
                .param(PAUSE.toSeconds())
                .param(hook)
                .update();
    }

    private static List<Due> due(JdbcClient.StatementSpec statement) {
        return statement
                .query((row, n) -> new Due(row.getLong(1), row.getString(2), row.getLong(3), row.getBoolean(4)))
                .list();
    }

    /** Adds deliveries; what several hooks are told is made once. */
    private final class Teller {

        private record Key(long position, Links links) {}

        private final Session session;
        private final Hooks hooks;
        private final Deleted deleted;
        private final Map<Long, Hook> known = new HashMap<>();
        private final Map<Long, Boolean> full = new HashMap<>();
        private final long start = System.nanoTime();
        private @Nullable Key last;
        private List<Told> told = List.of();

        Teller(Session session, Deleted deleted) {
            this.session = session;
            this.hooks = session.hooks();
            this.deleted = deleted;
        }

        /** Whether the transaction has taken long enough; an event is told to all or to none in it. */
        boolean isTired(Due next) {
            return last != null && last.position != next.position && System.nanoTime() - start > LONGEST_NANOS;
        }

        /** Whether a hook has so much to tell already that it waits; looked at once in a stretch. */
        boolean isFull(long hook) {
            return full.computeIfAbsent(hook, hooks::isFull);
        }

        /** Answers whether it could be told. */
        boolean tell(Due due) {
            Hook hook = known.computeIfAbsent(due.hook, id -> hooks.find(id).orElseThrow());
            List<Told> all;
            try {
                all = told(due, new Links(hook.apiUrl(), hook.webUrl()));
            } catch (DataAccessException | TransactionException e) {
                throw e;
            } catch (RuntimeException e) {
                log.error(
                        "event {} cannot be told to hook {}; tried again in {} s",
                        due.position,
                        due.hook,
                        PAUSE.toSeconds(),
                        e);
                return false;
            }
            for (Told one : all) {
                if (hook.wants(one.event()) && one.event().equals(WebhookPayloads.FORK) == due.toParent) {
                    hooks.deliver(
                            hook.id(),
                            due.sequenceKey,
                            due.position,
                            new Message(one.event(), one.action(), json.writeValueAsString(one.payload())));
                }
            }
            return true;
        }

        private List<Told> told(Due due, Links links) {
            Key key = new Key(due.position, links);
            if (!key.equals(last)) {
                StoredEvent event = reader.after(due.position - 1, 1).getFirst();
                told = new WebhookPayloads(session, links, new PastStates(reader, codec, due.position), deleted)
                        .of(codec.decode(event.type(), event.revision(), event.payload()));
                last = key;
            }
            return Objects.requireNonNull(told);
        }
    }
}
