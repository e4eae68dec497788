package org.forgelog.query.read;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.forgelog.api.representation.AuthorAssociation;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.jspecify.annotations.Nullable;

/**
 * What this node has met, to guess from: which id a name had (confirmed by the very round that uses it), who owns a
 * repository (a hint: it may be transferred), what accounts are called (believed for {@link #BELIEVED}), and whom a repository's
 * answers mentioned, so that they can be asked for along with the next answer.
 */
public final class Known {

    /** How long an account's login is believed without another look. */
    public static final Duration BELIEVED = Duration.ofSeconds(5);

    private static final int ENTRIES = 100_000;
    private static final int HINTS = 20;

    /**
     * What is shown of an account wherever it is mentioned.
     *
     * @param login {@code null} when it was deleted
     * @param changed when its item changed last, in seconds since 1970; {@code null} when it does not say
     */
    record Person(@Nullable String login, AccountKind kind, boolean siteAdmin, @Nullable Long changed) {

        static Person of(@Nullable Item account) {
            Long changed =
                    account == null || !account.has(Attr.CHANGED) ? null : Long.valueOf(account.number(Attr.CHANGED));
            return account == null || account.flag(Attr.DELETED)
                    ? new Person(null, AccountKind.USER, false, changed)
                    : new Person(
                            account.string(Attr.LOGIN),
                            AccountKind.valueOf(account.string(Attr.KIND)),
                            account.flag(Attr.SITE_ADMIN),
                            changed);
        }
    }

    private final Cache<ItemKey, Long> ids =
            Caffeine.newBuilder().maximumSize(ENTRIES).build();
    private final Cache<Long, Long> owners =
            Caffeine.newBuilder().maximumSize(ENTRIES).build();
    private final Cache<ItemKey, Item> places =
            Caffeine.newBuilder().maximumSize(ENTRIES).build();
    private final Cache<Long, Set<Long>> mentioned =
            Caffeine.newBuilder().maximumSize(ENTRIES).build();
    private final Cache<Long, AccountKind> kinds =
            Caffeine.newBuilder().maximumSize(ENTRIES).build();
    private final Cache<Long, Near> near =
            Caffeine.newBuilder().maximumSize(ENTRIES).build();
    private final Cache<Long, Set<Long>> heads =
            Caffeine.newBuilder().maximumSize(ENTRIES).build();
    private final Cache<Long, Set<Long>> authors =
            Caffeine.newBuilder().maximumSize(ENTRIES).build();
    private final Cache<Author, Standing> standings = Caffeine.newBuilder()
            .maximumSize(ENTRIES)
            .expireAfterWrite(BELIEVED)
            .build();
    private final Cache<Long, List<Long>> origins =
            Caffeine.newBuilder().maximumSize(ENTRIES).build();
    private final Cache<Long, Person> people = Caffeine.newBuilder()
            .maximumSize(ENTRIES)
            .expireAfterWrite(BELIEVED)
            .build();

    /** Learns from an item that this node has just written, so that its first reader need not ask twice. */
    public void learn(Item item) {
        if (item.is(ItemType.LOGIN)) {
            named(item.key(), item.isTombstone() ? null : item.number(Attr.ACCOUNT_ID));
        } else if (item.is(ItemType.REPOSITORY_NAME)) {
            boolean current = !item.isTombstone() && !item.flag(Attr.REDIRECT);
            named(item.key(), current ? item.number(Attr.REPOSITORY_ID) : null);
        } else if (item.is(ItemType.COMMENT_PLACE)) {
            placed(item.key(), item.isTombstone() ? null : item);
        } else if (item.is(ItemType.LABEL_NAME)) {
            named(item.key(), item.isTombstone() ? null : item.number(Attr.LABEL_ID));
        } else if (!item.isTombstone()) {
            learnPeople(item);
        }
    }

    private void learnPeople(Item item) {
        if (item.is(ItemType.ACCOUNT)) {
            met(item.number(Attr.ID), Person.of(item));
        } else if (item.is(ItemType.REPOSITORY)) {
            owned(item.number(Attr.ID), item.number(Attr.OWNER_ID));
            forked(item);
        } else if (item.is(ItemType.COMMENT)) {
            mention(item.number(Attr.REPOSITORY_ID), item.number(Attr.AUTHOR_ID));
            wrote(item.number(Attr.REPOSITORY_ID), item.number(Attr.AUTHOR_ID));
        } else if (item.is(ItemType.ISSUE) || item.is(ItemType.PULL_REQUEST)) {
            long repository = item.number(Attr.REPOSITORY_ID);
            wrote(repository, item.number(Attr.AUTHOR_ID));
            ThreadViews.people(List.of(item)).forEach(account -> mention(repository, account));
            ThreadViews.heads(List.of(item)).forEach(head -> headed(repository, head));
        }
    }

    @Nullable
    Long idOf(ItemKey name) {
        return ids.getIfPresent(name);
    }

    void named(ItemKey name, @Nullable Long id) {
        if (id == null) {
            ids.invalidate(name);
        } else {
            ids.put(name, id);
        }
    }

    /** Where a comment is; that never changes. */
    @Nullable
    Item place(ItemKey key) {
        return places.getIfPresent(key);
    }

    void placed(ItemKey key, @Nullable Item place) {
        if (place == null) {
            places.invalidate(key);
        } else {
            places.put(key, place);
        }
    }

    @Nullable
    Long ownerOf(long repository) {
        return owners.getIfPresent(repository);
    }

    void owned(long repository, long owner) {
        owners.put(repository, owner);
    }

    /** What an account is, which never changes; {@code null} when this node has not met it. */
    @Nullable
    AccountKind kindOf(long account) {
        return kinds.getIfPresent(account);
    }

    /** Where an account has rights beside its own repositories: organizations, and repositories of others. */
    record Near(Set<Long> organizations, Set<Long> repositories) {

        static final Near NOTHING = new Near(Set.of(), Set.of());
    }

    /** Where an account had rights when this node last looked; a hint. */
    Near near(long account) {
        Near known = near.getIfPresent(account);
        return known == null ? Near.NOTHING : known;
    }

    void near(long account, Near rights) {
        near.put(account, rights);
    }

    @Nullable
    Person person(long account) {
        return people.getIfPresent(account);
    }

    void met(long account, Person person) {
        people.put(account, person);
        if (person.login() != null) {
            kinds.put(account, person.kind());
        }
    }

    /** Who wrote something in a repository. */
    record Author(long repository, long owner, long account) {}

    /**
     * How an author stands to the repository.
     *
     * @param items what says so, {@code null} for what is not there
     */
    record Standing(AuthorAssociation association, List<@Nullable Item> items) {}

    @Nullable
    Standing standing(Author author) {
        return standings.getIfPresent(author);
    }

    void stands(Author author, Standing standing) {
        standings.put(author, standing);
    }

    /** Who wrote of late what answers about a repository showed. */
    Set<Long> authorsIn(long repository) {
        Set<Long> accounts = authors.getIfPresent(repository);
        return accounts == null ? Set.of() : accounts;
    }

    void wrote(long repository, long account) {
        hint(authors, repository, account);
    }

    /** The parent and the source of a fork; none for what is no fork, or not known as one. */
    List<Long> originOf(long repository) {
        List<Long> origin = origins.getIfPresent(repository);
        return origin == null ? List.of() : origin;
    }

    void forked(Item repository) {
        if (repository.has(Attr.PARENT_ID)) {
            origins.put(
                    repository.number(Attr.ID),
                    List.of(repository.number(Attr.PARENT_ID), repository.number(Attr.SOURCE_ID)));
        }
    }

    /** Forks whose branches pull requests of a repository ask for of late. */
    Set<Long> headsOf(long repository) {
        Set<Long> known = heads.getIfPresent(repository);
        return known == null ? Set.of() : known;
    }

    void headed(long repository, long head) {
        hint(heads, repository, head);
    }

    /** Whom answers about a repository mentioned of late. */
    Set<Long> mentionedIn(long repository) {
        Set<Long> accounts = mentioned.getIfPresent(repository);
        return accounts == null ? Set.of() : accounts;
    }

    void mention(long repository, long account) {
        hint(mentioned, repository, account);
    }

    private static void hint(Cache<Long, Set<Long>> hints, long repository, long id) {
        Set<Long> ids = hints.get(repository, key -> ConcurrentHashMap.newKeySet());
        if (ids != null && !ids.contains(id)) {
            if (ids.size() >= HINTS) {
                ids.clear();
            }
            ids.add(id);
        }
    }
}
