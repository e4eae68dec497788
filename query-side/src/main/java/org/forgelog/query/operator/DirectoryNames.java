package org.forgelog.query.operator;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.query.projection.control.ControlDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Names of repositories and accounts, and what they stand for, by the directory: the table may be what is wrong.
 * Sequence keys are for programs; operators know {@code ada/engine}.
 */
public final class DirectoryNames {

    private static final Pattern REPOSITORY = Pattern.compile("r:(\\d{1,18})");
    private static final Pattern ACCOUNT = Pattern.compile("a:(\\d{1,18})");

    private final ControlDatabase sql;

    DirectoryNames(DataSource dataSource) {
        this.sql = new ControlDatabase(dataSource);
    }

    /** The repository of this owner and name; {@code null} when there is none. */
    public @Nullable RepositoryId repository(String owner, String name) {
        return first(sql.query(
                """
                select r.id from repository r join account a on a.id = r.owner_id
                where a.login_key = ? and r.name_key = ? and not a.deleted and not r.deleted
                """,
                row -> new RepositoryId(row.getLong(1)),
                owner.toLowerCase(Locale.ROOT),
                name.toLowerCase(Locale.ROOT)));
    }

    /** The id of the account with this login; {@code null} when there is none. */
    public @Nullable Long account(String login) {
        return first(sql.query(
                "select id from account where login_key = ? and not deleted",
                row -> row.getLong(1),
                login.toLowerCase(Locale.ROOT)));
    }

    /** The names of the repositories and accounts among {@code keys}, by key ({@code r:3}, {@code a:1}). */
    public Map<String, String> of(Collection<String> keys) {
        Map<String, String> names = new TreeMap<>();
        String repositories = ids(REPOSITORY, keys);
        if (!repositories.isEmpty()) {
            sql.query(
                            """
                            select 'r:' || r.id, a.login || '/' || r.name from repository r join account a on a.id = r.owner_id
                            where r.id = any (string_to_array(?, ',')::bigint[])
                            """,
                            row -> Map.entry(row.getString(1), row.getString(2)),
                            repositories)
                    .forEach(name -> names.put(name.getKey(), name.getValue()));
        }
        String accounts = ids(ACCOUNT, keys);
        if (!accounts.isEmpty()) {
            sql.query(
                            "select 'a:' || id, login from account where id = any (string_to_array(?, ',')::bigint[])",
                            row -> Map.entry(row.getString(1), row.getString(2)),
                            accounts)
                    .forEach(name -> names.put(name.getKey(), name.getValue()));
        }
        return names;
    }

    /**
     * Who has rights of their own on a repository, beside its owner.
     *
     * @param isPublic whether everybody may see it
     * @param ofUser whether a user owns it; an organization does otherwise
     * @param people logins of collaborators, and of members of the organization who are no admins, at most {@value #SHOWN}
     * @param count how many they are
     */
    public record Rights(String owner, boolean isPublic, boolean ofUser, List<String> people, long count) {}

    private static final int SHOWN = 50;

    /** Who has rights on a repository; {@code null} when there is none of this sequence key. */
    public @Nullable Rights rights(String sequence) {
        String id = ids(REPOSITORY, List.of(sequence));
        if (id.isEmpty()) {
            return null;
        }
        List<String> people = sql.query(
                """
                select a.login from account a where not a.deleted and (
                  exists (select from collaborator c where c.account_id = a.id and c.repository_id = ?)
                  or exists (select from membership m join repository r on r.owner_id = m.organization_id
                    where m.member_id = a.id and r.id = ? and m.role <> 'ADMIN'))
                order by a.login
                """,
                row -> row.getString(1),
                Long.valueOf(id),
                Long.valueOf(id));
        return first(sql.query(
                "select a.login, r.private, a.kind from repository r join account a on a.id = r.owner_id where r.id = ?",
                row -> new Rights(
                        row.getString(1),
                        !row.getBoolean(2),
                        row.getString(3).equals("USER"),
                        people.subList(0, Math.min(SHOWN, people.size())),
                        people.size()),
                Long.valueOf(id)));
    }

    /** The sequences of the repositories that an account owns, or has opened something in, at most {@value #SHOWN}. */
    public List<String> repositoriesOf(long account) {
        return sql.query(
                """
                select 'r:' || id from (select id from repository where owner_id = ?
                  union select repository_id from conversation where author_id = ?) as found order by id desc limit ?
                """,
                row -> row.getString(1),
                account,
                account,
                SHOWN);
    }

    private static String ids(Pattern form, Collection<String> keys) {
        return keys.stream()
                .map(form::matcher)
                .filter(match -> match.matches())
                .map(match -> match.group(1))
                .distinct()
                .collect(Collectors.joining(","));
    }

    private static <T> @Nullable T first(List<T> found) {
        return found.isEmpty() ? null : found.getFirst();
    }
}
