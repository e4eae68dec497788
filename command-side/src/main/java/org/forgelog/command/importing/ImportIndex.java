package org.forgelog.command.importing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.milestone.MilestoneKey;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What imports have to look up, many at a time: identities of before, and what is here already. */
final class ImportIndex {

    private static final int IDS_AT_ONCE = 500;

    /** What is known of an identity. */
    record Imported(@Nullable Long localId, @Nullable String kind, @Nullable Instant at) {}

    /** @param source the repository that its network goes back to; {@code null} when it is no fork */
    record LocalRepository(RepositoryId id, AccountId ownerId, @Nullable RepositoryId source) {}

    record NumberKey(RepositoryId repository, long number) {}

    record LabelKey(RepositoryId repository, String nameKey) {}

    /** @param title empty where it is not known */
    record LocalMilestone(MilestoneKey key, String title) {}

    private final JdbcClient jdbc;
    private final Deque<Long> ids = new ArrayDeque<>();

    ImportIndex(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Map<String, Imported> known(Collection<String> keys) {
        Map<String, Imported> known = new HashMap<>();
        if (!keys.isEmpty()) {
            jdbc.sql("select key, local_id, kind, at from imported where key = any(?)")
                    .param(keys.toArray(String[]::new))
                    .query(row -> {
                        OffsetDateTime at = row.getObject("at", OffsetDateTime.class);
                        known.put(
                                row.getString("key"),
                                new Imported(
                                        nullable(row, "local_id"),
                                        row.getString("kind"),
                                        at == null ? null : at.toInstant()));
                    });
        }
        return known;
    }

    void remember(Map<String, Imported> changes) {
        if (changes.isEmpty()) {
            return;
        }
        List<Imported> values = new ArrayList<>(changes.values());
        jdbc.sql(
                        """
                        insert into imported (key, local_id, kind, at)
                        select * from unnest(?::text[], ?::bigint[], ?::text[], ?::timestamptz[])
                        on conflict (key) do update
                        set local_id = excluded.local_id, kind = excluded.kind, at = excluded.at""")
                .param(changes.keySet().toArray(String[]::new))
                .param(values.stream().map(Imported::localId).toArray(Long[]::new))
                .param(values.stream().map(Imported::kind).toArray(String[]::new))
                .param(values.stream()
                        .map(known -> known.at() == null
                                ? null
                                : known.at().atOffset(ZoneOffset.UTC).toString())
                        .toArray(String[]::new))
                .update();
    }

    /** Repositories that are not deleted. */
    Map<Long, LocalRepository> repositories(Collection<Long> ids) {
        Map<Long, LocalRepository> found = new HashMap<>();
        if (!ids.isEmpty()) {
            jdbc.sql("select id, owner_id, source_id from repository where id = any(?) and not deleted")
                    .param(ids.toArray(Long[]::new))
                    .query(row -> {
                        Long source = nullable(row, "source_id");
                        found.put(
                                row.getLong("id"),
                                new LocalRepository(
                                        new RepositoryId(row.getLong("id")),
                                        new AccountId(row.getLong("owner_id")),
                                        source == null ? null : new RepositoryId(source)));
                    });
        }
        return found;
    }

    /** Which of these names, {@code owner/name} in lower case, some repository has. */
    Set<String> takenNames(Collection<String> fullNames) {
        Set<String> taken = new HashSet<>();
        if (!fullNames.isEmpty()) {
            jdbc.sql(
                            """
                            select a.login_key || '/' || r.name_key
                            from unnest(?::text[], ?::text[]) n (login, name)
                            join account a on a.login_key = n.login and not a.deleted
                            join repository r on r.owner_id = a.id and r.name_key = n.name and not r.deleted""")
                    .param(fullNames.stream()
                            .map(name -> name.substring(0, name.indexOf('/')))
                            .toArray(String[]::new))
                    .param(fullNames.stream()
                            .map(name -> name.substring(name.indexOf('/') + 1))
                            .toArray(String[]::new))
                    .query((RowCallbackHandler) row -> taken.add(row.getString(1)));
        }
        return taken;
    }

    /** Which of these numbers some issue or pull request has. */
    Set<NumberKey> takenNumbers(Collection<NumberKey> numbers) {
        Set<NumberKey> taken = new HashSet<>();
        if (!numbers.isEmpty()) {
            jdbc.sql(
                            """
                            select c.repository_id, c.number
                            from unnest(?::bigint[], ?::bigint[]) n (repository_id, number)
                            join conversation c on c.repository_id = n.repository_id and c.number = n.number""")
                    .param(numbers.stream().map(n -> n.repository().value()).toArray(Long[]::new))
                    .param(numbers.stream().map(NumberKey::number).toArray(Long[]::new))
                    .query((RowCallbackHandler)
                            row -> taken.add(new NumberKey(new RepositoryId(row.getLong(1)), row.getLong(2))));
        }
        return taken;
    }

    Map<LabelKey, LabelId> labels(Collection<LabelKey> keys) {
        Map<LabelKey, LabelId> labels = new HashMap<>();
        if (!keys.isEmpty()) {
            jdbc.sql(
                            """
                            select l.repository_id, l.name_key, l.id
                            from unnest(?::bigint[], ?::text[]) n (repository_id, name_key)
                            join label l on l.repository_id = n.repository_id and l.name_key = n.name_key""")
                    .param(keys.stream().map(key -> key.repository().value()).toArray(Long[]::new))
                    .param(keys.stream().map(LabelKey::nameKey).toArray(String[]::new))
                    .query((RowCallbackHandler) row -> labels.put(
                            new LabelKey(new RepositoryId(row.getLong(1)), row.getString(2)),
                            new LabelId(row.getLong(3))));
        }
        return labels;
    }

    /** Milestones that have one of these numbers or titles. */
    List<LocalMilestone> milestones(Collection<LocalMilestone> wanted) {
        return wanted.isEmpty()
                ? List.of()
                : jdbc.sql(
                                """
                                select distinct m.repository_id, m.number, m.title
                                from unnest(?::bigint[], ?::bigint[], ?::text[]) n (repository_id, number, title)
                                join milestone m on m.repository_id = n.repository_id
                                                and (m.number = n.number or m.title = n.title)""")
                        .param(wanted.stream()
                                .map(m -> m.key().repositoryId().value())
                                .toArray(Long[]::new))
                        .param(wanted.stream().map(m -> m.key().number()).toArray(Long[]::new))
                        .param(wanted.stream().map(LocalMilestone::title).toArray(String[]::new))
                        .query((row, n) -> new LocalMilestone(
                                new MilestoneKey(new RepositoryId(row.getLong(1)), row.getLong(2)), row.getString(3)))
                        .list();
    }

    /** A public id that was never used. */
    long nextId() {
        if (ids.isEmpty()) {
            ids.addAll(jdbc.sql("select nextval('forgelog_public_id') from generate_series(1, " + IDS_AT_ONCE + ")")
                    .query(Long.class)
                    .list());
        }
        return ids.removeFirst();
    }

    private static @Nullable Long nullable(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
