package org.forgelog.query.read;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.forgelog.api.Caller;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.api.representation.StarredRepository;
import org.forgelog.api.representation.UserJson;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
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
        return open(reading, who, ask);
    }

    static <P> Opened<P> open(Reading reading, Who who, BiFunction<Round, Long, P> ask) {
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
        return askAccount(reading, round, id);
    }

    /** Asks for an account's item and counts, and not for the members that lie beside them. */
    static boolean askAccount(Reading reading, Round round, long id) {
        Span span = Keys.accountWithCounts(id);
        round.query(new Table.Range(
                span,
                span.low(),
                Keys.accountCounts(id).sk(),
                false,
                ACCOUNT_ITEMS,
                null,
                reading.session().isConsistent()));
        return true;
    }

    /** Every user and organization, from the first whose id is greater than the cursor says. Keys: one index. */
    public Listed<SimpleUser> all(PageRequest request) {
        Round round = reading.session().round();
        Pager pager = reading.pager(
                round, request, List.of(Keys.users(), Keys.organizations()), false, item -> !item.flag(Attr.DELETED));
        round.run();
        Page page = reading.page(pager);
        return new Listed<>(
                page.items().stream()
                        .map(item -> SimpleUser.of(
                                reading.links(),
                                new AccountId(item.number(Attr.ID)),
                                item.string(Attr.LOGIN),
                                AccountKind.valueOf(item.string(Attr.KIND)),
                                item.flag(Attr.SITE_ADMIN)))
                        .toList(),
                page);
    }

    /** The account together with its repositories, newest first. */
    public record Owned(UserJson account, Listed<RepositoryJson> repositories) {}

    public Owned owned(Who who, PageRequest request) {
        Opened<Pager> opened = open(who, (round, id) -> {
            askAccount(round, id);
            return reading.pager(
                    round, request, List.of(RepositoryLists.Order.CREATED.of(id)), true, reading.listedTo());
        });
        Listed<RepositoryJson> repositories = new RepositoryLists(reading).page(opened.asked(), item -> true);
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
