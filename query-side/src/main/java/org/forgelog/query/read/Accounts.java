package org.forgelog.query.read;

import java.util.List;
import java.util.Map;
import org.forgelog.api.Caller;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.openapi.Choices.RepositorySort;
import org.forgelog.api.representation.EmailJson;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.api.representation.StarredRepository;
import org.forgelog.api.representation.UserJson;
import org.forgelog.domain.Rejection;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Spans;
import org.jspecify.annotations.Nullable;

/** Answers about an account: itself, what it owns, what it opened, what it starred. */
public final class Accounts {

    private final ReadContext read;

    public Accounts(ReadContext read) {
        this.read = read;
    }

    /** The account itself. */
    public UserJson account(AccountAddress address) {
        return new AccountViews(read).account(address.in(read));
    }

    /** Every user and organization, from the first whose id is greater than the cursor says. */
    public Listed<SimpleUser> all(PageRequest request) {
        Page page = read.pager(request, false)
                .of(Spans.users())
                .of(Spans.organizations())
                .page(item -> !item.flag(Attr.DELETED));
        return new Listed<>(page.items().stream().map(read.people()::of).toList(), page);
    }

    /** A user's addresses, the primary one first. */
    public List<EmailJson> emails(long user) {
        Item emails = read.lookup().item(Keys.emails(user));
        Item account = read.lookup().item(Keys.account(user));
        return emails == null || account == null
                ? List.of()
                : EmailJson.all(emails.texts(Attr.EMAILS), account.text(Attr.EMAIL, null));
    }

    /** The account together with its repositories, newest first. */
    public record Owned(UserJson account, Listed<RepositoryJson> repositories) {}

    public Owned owned(AccountAddress address, PageRequest request) {
        long id = address.in(read);
        RepositoryLists lists = new RepositoryLists(read);
        Pager pager = read.pager(request, true);
        lists.addOwned(pager, id, RepositorySort.CREATED);
        Listed<RepositoryJson> repositories = lists.list(pager, entry -> true, repository -> true);
        return new Owned(new AccountViews(read).account(id), repositories);
    }

    /**
     * Issues and pull requests that the account opened, open before closed, newest first.
     *
     * @param open only open, only closed ones; {@code null} for both
     */
    public Listed<Map.Entry<String, Object>> managed(
            AccountAddress address, @Nullable Boolean open, PageRequest request) {
        long id = address.in(read);
        read.keepCostFromOthersThan(id);
        Page page = read.pager(request, true)
                .of(open == null ? Spans.managed(id) : Spans.managed(id, open))
                .page(item -> read.visibility().canSee(item.number(Attr.REPOSITORY_ID)));
        read.labels().expect(page.items());
        return read.listed(page, new ConversationViews(read)::typed);
    }

    /** Repositories that the account starred, with the dates. */
    public Listed<StarredRepository> starred(AccountAddress address, boolean descending, PageRequest request) {
        RepositoryViews views = new RepositoryViews(read);
        long id = address.in(read);
        read.keepCostFromOthersThan(id);
        Page page = read.pager(request, descending).of(Spans.starredBy(id)).page(item -> {
            long repository = item.number(Attr.REPOSITORY_ID);
            views.expect(repository);
            return read.visibility().canSee(repository);
        });
        return read.listed(
                page,
                item -> new StarredRepository(
                        item.instant(Attr.STARRED_AT), views.listed(item.number(Attr.REPOSITORY_ID))));
    }

    /** Whether the account stars a repository that the caller may see, under its present name or a former one. */
    public boolean stars(long account, Address address) {
        return read.lookup().item(Keys.star(account, read.names().repositoryByAnyName(address))) != null;
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
