package org.forgelog.query.read;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.forgelog.api.Caller;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.StarredRepository;
import org.forgelog.api.representation.UserJson;
import org.forgelog.domain.Rejection;
import org.forgelog.query.read.ReadSession.Round;
import org.forgelog.query.read.Reading.Opened;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;

/** Answers about an account: itself, what it owns, what it opened, what it starred. */
public final class Accounts {

    private static final int ACCOUNT_ITEMS = 10;

    private final Reading reading;

    public Accounts(Reading reading) {
        this.reading = reading;
    }

    /**
     * Whose account is meant.
     *
     * @param login its login; {@code null} when it is named by id
     */
    public record Who(@Nullable String login, long id) {

        public static Who login(String login) {
            return new Who(login, 0);
        }

        public static Who id(long id) {
            return new Who(null, id);
        }
    }

    /**
     * A page of a list, as it is shown.
     *
     * @param page what its links are made from
     */
    public record Listed<T>(List<T> entries, Page page) {}

    private <P> Opened<P> open(Who who, BiFunction<Round, Long, P> ask) {
        if (who.login() != null) {
            return reading.account(who.login(), ask);
        }
        Round round = reading.session().round();
        P asked = ask.apply(round, who.id());
        round.run();
        return new Opened<>(who.id(), asked);
    }

    /** The account itself. Keys: its login's item; consistent with a position. */
    public UserJson account(Who who) {
        Opened<Boolean> opened = open(who, this::askAccount);
        return new RepositoryViews(reading).account(opened.id());
    }

    private boolean askAccount(Round round, long id) {
        round.query(Table.Range.all(
                Keys.accountWithCounts(id), ACCOUNT_ITEMS, reading.session().isConsistent()));
        return true;
    }

    /** What it owns in one of its orders. */
    public enum Order {
        CREATED,
        UPDATED,
        NAME;

        Span of(long owner) {
            return switch (this) {
                case CREATED -> Keys.ownedByCreation(owner);
                case UPDATED -> Keys.ownedByUpdate(owner);
                case NAME -> Keys.ownedByName(owner);
            };
        }
    }

    /**
     * The account's repositories that the caller may see.
     *
     * @param isPrivate only private, only public ones; {@code null} for both
     */
    public Listed<RepositoryJson> repositories(
            Who who, Order order, boolean descending, @Nullable Boolean isPrivate, PageRequest request) {
        Opened<Pager> opened = open(who, (round, id) -> pager(round, id, order, descending, isPrivate, request));
        return repositories(opened.asked());
    }

    private Pager pager(
            Round round, long id, Order order, boolean descending, @Nullable Boolean isPrivate, PageRequest request) {
        return reading.pager(
                round,
                request,
                List.of(order.of(id)),
                descending,
                reading.listedTo().and(item -> isPrivate == null || item.flag(Attr.PRIVATE) == isPrivate));
    }

    private Listed<RepositoryJson> repositories(Pager pager) {
        Page page = reading.pageAcross(pager, true, false);
        RepositoryViews views = new RepositoryViews(reading);
        return new Listed<>(
                page.items().stream()
                        .map(item -> views.counted(Reading.repositoryOf(item)))
                        .toList(),
                page);
    }

    /** The account together with its repositories, newest first. */
    public record Owned(UserJson account, Listed<RepositoryJson> repositories) {}

    public Owned owned(Who who, PageRequest request) {
        Opened<Pager> opened = open(who, (round, id) -> {
            askAccount(round, id);
            return pager(round, id, Order.CREATED, true, null, request);
        });
        Listed<RepositoryJson> repositories = repositories(opened.asked());
        return new Owned(new RepositoryViews(reading).account(opened.id()), repositories);
    }

    /**
     * Issues and pull requests that the account opened, open before closed, newest first.
     *
     * @param open only open, only closed ones; {@code null} for both
     */
    public Listed<Map.Entry<String, Object>> managed(Who who, @Nullable Boolean open, PageRequest request) {
        Opened<Pager> opened = open(
                who,
                (round, id) -> reading.pager(
                        round,
                        request,
                        List.of(open == null ? Keys.managed(id) : Keys.managed(id, open)),
                        true,
                        item -> true));
        Page page = reading.pageAcross(opened.asked(), false, true);
        ThreadViews views = new ThreadViews(reading);
        return new Listed<>(
                page.items().stream()
                        .map(item -> Map.entry(Repositories.word(item), views.either(item)))
                        .toList(),
                page);
    }

    /** Repositories that the account starred, with the dates. */
    public Listed<StarredRepository> starred(Who who, boolean descending, PageRequest request) {
        Opened<Pager> opened = open(
                who,
                (round, id) -> reading.pager(round, request, List.of(Keys.starredBy(id)), descending, item -> true));
        Page page = reading.pageAcross(opened.asked(), true, false);
        RepositoryViews views = new RepositoryViews(reading);
        return new Listed<>(
                page.items().stream()
                        .map(item -> new StarredRepository(
                                item.instant(Attr.STARRED_AT), views.counted(item.number(Attr.REPOSITORY_ID))))
                        .toList(),
                page);
    }

    /** Whether the account stars a repository that the caller may see. Keys: the star's own. */
    public boolean stars(long account, Address address) {
        try {
            return starsAt(account, address);
        } catch (MovedException e) {
            return starsAt(account, Address.of(e.repository()));
        }
    }

    private boolean starsAt(long account, Address address) {
        Opened<Boolean> opened = reading.repository(address, (round, id) -> {
            round.get(Keys.star(account, id));
            return true;
        });
        return reading.session().item(Keys.star(account, opened.id())) != null;
    }

    /** The id of a calling user. */
    public static long self(Caller caller) {
        if (caller.accountId() == null) {
            throw caller.isAnonymous()
                    ? HttpFailure.authenticationRequired()
                    : Rejection.forbidden("The site administrator has no account");
        }
        return caller.accountId().value();
    }
}
