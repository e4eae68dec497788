package org.forgelog.query.read;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.forgelog.api.Caller;
import org.forgelog.api.representation.Links;
import org.forgelog.api.representation.RepositoryRef;
import org.forgelog.domain.Permission;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.repository.Access;
import org.forgelog.query.read.ReadSession.Round;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Span;
import org.jspecify.annotations.Nullable;

/** What answers to one request are made with: the session, who asks, and how to get at accounts and repositories. */
public final class Reading {

    /**
     * What is not there may have been there: that is remembered for a week, so
     * what rests on it is dated anew every few days. In seconds.
     */
    private static final long ABSENCE = Duration.ofDays(3).toSeconds();

    private final ReadSession session;
    private final Known known;
    private final Caller caller;
    private final Links links;
    private final People people;
    private final Labels labels;
    private final Associations associations;
    private final @Nullable Instant settled;

    /** @param settled everything that changed before then was there when the reading began; {@code null} for nothing */
    Reading(ReadSession session, Known known, Caller caller, Links links, @Nullable Instant settled) {
        this.settled = settled;
        this.session = session;
        this.known = known;
        this.caller = caller;
        this.links = links;
        this.people = new People(session, known, links);
        this.labels = new Labels(session, links);
        this.associations = new Associations(session, known);
    }

    public ReadSession session() {
        return session;
    }

    public Caller caller() {
        return caller;
    }

    public Links links() {
        return links;
    }

    public People people() {
        return people;
    }

    Labels labels() {
        return labels;
    }

    Associations associations() {
        return associations;
    }

    /** Takes note of all people and standings that were asked for along with rounds that have run, needed or not. */
    void took() {
        people.took();
        associations.took();
    }

    /**
     * When anything changed last that was read so far, names of other people and derived counts included, in whole
     * seconds: no other answer made of the same items has this date. {@code null} where that cannot be said, of what
     * changed just now above all. Says nothing of index entries, which leave a list without a trace.
     */
    public @Nullable Instant lastChange() {
        if (settled == null) {
            return null;
        }
        long absence = settled.getEpochSecond() / ABSENCE * ABSENCE;
        Long ofItems = session.lastChange(absence);
        Long ofPeople = people.lastChange();
        Long ofStandings = associations.lastChange(absence);
        if (ofItems == null || ofPeople == null || ofStandings == null) {
            return null;
        }
        Instant latest = Instant.ofEpochSecond(Math.max(Math.max(ofItems, ofPeople), ofStandings));
        // All of that second must be over: what changes later in it would have the same date.
        return latest.plusSeconds(1).isAfter(settled) ? null : latest;
    }

    /** @param asked what was asked for along with it */
    public record Opened<P>(long id, P asked) {}

    /**
     * Opens a repository that the caller may see. What the name led to before is guessed, and confirmed by the round
     * that reads the answer.
     *
     * @param ask adds what else is to be read in the same round
     * @throws Rejection not found, when there is no such repository or the caller must not know of it
     * @throws MovedException when the name is a former one
     */
    public <P> Opened<P> repository(Address address, BiFunction<Round, Long, P> ask) {
        ItemKey name = address.name();
        Long guess = name == null ? address.id() : known.idOf(name);
        if (guess == null) {
            guess = lookUp(Objects.requireNonNull(name), Objects.requireNonNull(address.owner()));
        }
        while (true) {
            long id = guess;
            Round round = session.round().get(Keys.repository(id));
            if (name != null) {
                round.get(name);
            }
            people.expectIn(round, id);
            expectOwner(round, address);
            expectRights(round, address, id);
            P asked = ask.apply(round, id);
            round.run();
            took();
            if (name != null && named(name) != id) {
                guess = named(name);
                continue;
            }
            Item repository = session.item(Keys.repository(id));
            if (repository == null) {
                throw Rejection.notFound();
            }
            settle(List.of(repository));
            if (!permission(id).covers(Permission.READ)) {
                throw Rejection.notFound();
            }
            Item nameItem = name == null ? null : session.item(name);
            if (nameItem != null && nameItem.flag(Attr.REDIRECT)) {
                throw new MovedException(id);
            }
            owner(id);
            return new Opened<>(id, asked);
        }
    }

    /** Looks a name up, and along with it whose the login in it is, most likely the owner. */
    private long lookUp(ItemKey name, ItemKey owner) {
        Round round = session.round().get(name);
        if (known.idOf(owner) == null) {
            round.get(owner);
        }
        round.run();
        return named(name);
    }

    private void expectOwner(Round round, Address address) {
        Long owner = ownerIn(address);
        if (owner != null) {
            people.expect(round, List.of(owner));
        }
    }

    /** Whose login stands in an address, as far as that is known. */
    private @Nullable Long ownerIn(Address address) {
        if (address.owner() == null) {
            return null;
        }
        Item login = session.item(address.owner());
        return login == null ? known.idOf(address.owner()) : Long.valueOf(login.number(Attr.ACCOUNT_ID));
    }

    /** Who owns a repository that was not read yet, most likely. */
    @Nullable
    Long likelyOwner(Address address, long repository) {
        Long owner = known.ownerOf(repository);
        return owner == null ? ownerIn(address) : owner;
    }

    /** Asks along with {@code round} for what the caller is judged by, as far as it can be told who the owner is. */
    private void expectRights(Round round, Address address, long repository) {
        Long account = accountOf(caller);
        Long owner = likelyOwner(address, repository);
        if (owner != null) {
            round.get(Visibility.keys(account, repository, owner, known.kindOf(owner)));
        } else if (account != null) {
            round.get(Keys.collaborator(account, repository));
        }
    }

    private static @Nullable Long accountOf(Caller caller) {
        return caller.accountId() == null
                ? null
                : Long.valueOf(caller.accountId().value());
    }

    /** Reads what the caller is judged by, with one more round if anything of it was not asked for before. */
    public void settle(Collection<Item> repositories) {
        Round round = session.round();
        for (Item repository : repositories) {
            round.get(keys(accountOf(caller), repository));
        }
        round.run();
    }

    /** The items by which {@code account} is judged in a repository that was read. */
    List<ItemKey> keys(@Nullable Long account, Item repository) {
        long owner = repository.number(Attr.OWNER_ID);
        known.owned(repository.number(Attr.ID), owner);
        return Visibility.keys(account, repository.number(Attr.ID), owner, known.kindOf(owner));
    }

    /** What the caller may do with a repository that was read and {@linkplain #settle settled}. */
    public Permission permission(long repository) {
        return access(accountOf(caller), repositoryItem(repository)).permission();
    }

    /** What gives {@code account} rights on a repository whose {@link #keys} were read. */
    Access access(@Nullable Long account, Item repository) {
        return Visibility.access(account, repository, session::item);
    }

    /** Whether the caller may know of a repository; never when there is none. */
    public boolean canSee(long repository) {
        Item item = session.item(Keys.repository(repository));
        return item != null && permission(repository).covers(Permission.READ);
    }

    private long named(ItemKey name) {
        Item item = session.item(name);
        known.named(name, item == null || item.flag(Attr.REDIRECT) ? null : item.number(Attr.REPOSITORY_ID));
        if (item == null) {
            throw Rejection.notFound();
        }
        return item.number(Attr.REPOSITORY_ID);
    }

    /** Opens an account by login, like a repository by name. */
    public <P> Opened<P> account(String login, BiFunction<Round, Long, P> ask) {
        ItemKey name = Address.login(login);
        Long guess = known.idOf(name);
        if (guess == null) {
            session.round().get(name).run();
            guess = holder(name);
        }
        while (true) {
            long id = guess;
            Round round = session.round().get(name);
            P asked = ask.apply(round, id);
            round.run();
            if (holder(name) == id) {
                return new Opened<>(id, asked);
            }
            guess = holder(name);
        }
    }

    private long holder(ItemKey name) {
        Item item = session.item(name);
        known.named(name, item == null ? null : item.number(Attr.ACCOUNT_ID));
        if (item == null) {
            throw Rejection.notFound();
        }
        return item.number(Attr.ACCOUNT_ID);
    }

    /** Two accounts by login. */
    public record Pair<P>(long first, long second, P asked) {}

    /** What to read of two accounts. */
    public interface AskBoth<P> {
        P ask(Round round, long first, long second);
    }

    /** Opens two accounts by login, as {@link #account} does one. */
    public <P> Pair<P> accounts(String first, String second, AskBoth<P> ask) {
        ItemKey one = Address.login(first);
        ItemKey two = Address.login(second);
        if (known.idOf(one) == null || known.idOf(two) == null) {
            session.round().get(one, two).run();
            holder(one);
            holder(two);
        }
        while (true) {
            Long guessOne = known.idOf(one);
            Long guessTwo = known.idOf(two);
            long idOne = guessOne == null ? holder(one) : guessOne;
            long idTwo = guessTwo == null ? holder(two) : guessTwo;
            Round round = session.round().get(one, two);
            P asked = ask.ask(round, idOne, idTwo);
            round.run();
            if (holder(one) == idOne && holder(two) == idTwo) {
                return new Pair<>(idOne, idTwo, asked);
            }
        }
    }

    /** The id that a name had when this node last met it; to be confirmed. */
    @Nullable
    Long guess(ItemKey name) {
        return known.idOf(name);
    }

    /** The id that a name has, given the attribute that says so; {@code null} for none. It must have been asked for. */
    @Nullable
    Long confirmed(ItemKey name, String attribute) {
        Item item = session.item(name);
        Long id = item == null ? null : Long.valueOf(item.number(attribute));
        known.named(name, id);
        return id;
    }

    /** What an account is; {@code null} when this node has not met it. */
    @Nullable
    AccountKind kindOf(long account) {
        return known.kindOf(account);
    }

    /** Whether an account is a user; by itself where this node has not met it. */
    boolean isUser(long account) {
        people.ensure(List.of(account));
        people.user(account);
        return known.kindOf(account) != AccountKind.ORGANIZATION;
    }

    Known.Near near(long account) {
        return known.near(account);
    }

    void near(long account, Known.Near rights) {
        known.near(account, rights);
    }

    /** The id of the account with this login, or {@code null}; by itself, for filters. */
    public @Nullable Long accountId(String login) {
        try {
            return account(login, (round, id) -> id).id();
        } catch (Rejection e) {
            return null;
        }
    }

    /** A repository's item; it must have been asked for and be there. */
    public Item repositoryItem(long id) {
        return Objects.requireNonNull(session.item(Keys.repository(id)), "a repository that was not read");
    }

    /** The present address and owner of a repository that was read. */
    RepositoryRef ref(long repository) {
        Item item = repositoryItem(repository);
        return new RepositoryRef(
                new AccountId(item.number(Attr.OWNER_ID)), item.string(Attr.OWNER_LOGIN), item.string(Attr.NAME));
    }

    /** Where a comment is, as far as this request or this node has met it. */
    @Nullable
    Item place(ItemKey key) {
        Item place = known.place(key);
        if (place == null) {
            place = session.item(key);
            if (place != null) {
                known.placed(key, place);
            }
        }
        return place;
    }

    /** The owner of a repository that was read. */
    public long owner(long repository) {
        long owner = repositoryItem(repository).number(Attr.OWNER_ID);
        known.owned(repository, owner);
        return owner;
    }

    /** A page of what lies inside a repository: whoever sees the repository sees it all. */
    Page page(Pager pager) {
        return pager.collect(session, items -> item -> true);
    }

    /**
     * A page of entries that each belong to a repository, of which those are left out whose repository the caller must
     * not know of.
     *
     * @param counted whether the repositories' counters are wanted too
     * @param details whether the entries' people and long bodies are wanted too
     */
    Page pageAcross(Pager pager, boolean counted, boolean details) {
        return pageAcross(pager, counted, details, item -> true);
    }

    /** @param also what entries must be like too, once it is known what the caller may do with their repository */
    Page pageAcross(Pager pager, boolean counted, boolean details, Predicate<Item> also) {
        return pager.collect(
                session, visible(counted, details, (round, items) -> {}).andThen(seen -> seen.and(also)));
    }

    /**
     * Reads what tells which of some entries may be shown.
     *
     * @param along adds what else is to be read in the same round
     */
    Function<List<Item>, Predicate<Item>> visible(
            boolean counted, boolean details, BiConsumer<Round, List<Item>> along) {
        return items -> {
            Set<Long> repositories = new HashSet<>();
            items.forEach(item -> repositories.add(repositoryOf(item)));
            Round round = session.round();
            for (Long repository : repositories) {
                round.get(Keys.repository(repository));
                if (counted) {
                    round.get(Keys.counters(repository), Keys.forkCounts(repository));
                }
            }
            people.expectOwners(round, repositories);
            expectRights(round, repositories);
            if (details) {
                round.get(ThreadViews.bodies(items));
                people.expect(round, ThreadViews.people(items));
                associations.expect(round, items);
                labels.expect(round, items);
                expect(round, ThreadViews.heads(items));
            }
            along.accept(round, items);
            round.run();
            took();
            Set<Long> heads = details ? ThreadViews.heads(items) : Set.of();
            Set<Long> judged = new HashSet<>(repositories);
            judged.addAll(heads);
            settleAll(judged, details ? items : List.of());
            Predicate<Item> seen = item -> canSee(repositoryOf(item));
            List<Long> owners = new ArrayList<>(items.stream()
                    .filter(seen)
                    .map(item -> owner(repositoryOf(item)))
                    .toList());
            owners.addAll(ownersOf(heads));
            people.ensure(owners);
            return seen;
        };
    }

    /** Reads by what the caller is judged, and along with it the owners of those repositories that anybody may see. */
    void settleAll(Collection<Long> repositories) {
        settleAll(repositories, List.of());
    }

    /** @param written issues and pull requests whose authors are to be shown too */
    private void settleAll(Collection<Long> repositories, Collection<Item> written) {
        Round round = session.round();
        associations.expect(round, written);
        for (Long repository : repositories) {
            Item item = session.item(Keys.repository(repository));
            if (item != null) {
                round.get(keys(accountOf(caller), item));
                if (!item.flag(Attr.PRIVATE)) {
                    people.expect(round, List.of(item.number(Attr.OWNER_ID)));
                }
            }
        }
        round.run();
        took();
    }

    /** Asks for what the caller is judged by, for repositories whose owner this node has met. */
    void expectRights(Round round, Collection<Long> repositories) {
        Long account = accountOf(caller);
        for (Long repository : repositories) {
            Long owner = known.ownerOf(repository);
            if (owner != null) {
                round.get(Visibility.keys(account, repository, owner, known.kindOf(owner)));
            }
        }
    }

    static long repositoryOf(Item item) {
        return item.number(item.is(ItemType.REPOSITORY) ? Attr.ID : Attr.REPOSITORY_ID);
    }

    /** What a list of someone's repositories may hold, as far as the index tells. */
    public Predicate<Item> listedTo() {
        return item -> Visibility.mayBeListed(caller, item);
    }

    /**
     * Asks along with {@code round} for other repositories and, as far as this node knows who owns them, for their owners
     * and what the caller is judged by; to be {@linkplain #settleAll settled} then.
     */
    void expect(Round round, Collection<Long> repositories) {
        repositories.forEach(repository -> round.get(Keys.repository(repository)));
        people.expectOwners(round, repositories);
        expectRights(round, repositories);
    }

    /** The owners of those of {@code repositories} that the caller may know of. */
    List<Long> ownersOf(Collection<Long> repositories) {
        return repositories.stream().filter(this::canSee).map(this::owner).toList();
    }

    /** The repositories that a fork comes from, as far as this node has met it. */
    List<Long> originGuess(long repository) {
        return known.originOf(repository);
    }

    /** The repositories that a fork that was read comes from; none for what is no fork. */
    List<Long> origin(long repository) {
        Item item = repositoryItem(repository);
        known.forked(item);
        return item.has(Attr.PARENT_ID) ? List.of(item.number(Attr.PARENT_ID), item.number(Attr.SOURCE_ID)) : List.of();
    }

    /** Forks whose branches pull requests of the repository usually ask for. */
    Collection<Long> headsGuess(long repository) {
        return known.headsOf(repository);
    }

    void headed(long repository, Collection<Long> heads) {
        heads.forEach(head -> known.headed(repository, head));
    }

    /** A pager whose first queries go out with {@code round}. */
    Pager pager(Round round, PageRequest request, Collection<Span> spans, boolean descending, Predicate<Item> filter) {
        Pager pager = new Pager(request, List.copyOf(spans), descending, filter);
        pager.ask(round);
        return pager;
    }
}
