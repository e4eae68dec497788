package org.forgelog.query.read;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.representation.MembershipJson;
import org.forgelog.api.representation.OrganizationJson;
import org.forgelog.api.representation.OrganizationSimpleJson;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.OrganizationFlag;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.account.OrganizationSettings;
import org.forgelog.query.read.Accounts.Listed;
import org.forgelog.query.read.Accounts.Who;
import org.forgelog.query.read.ReadSession.Round;
import org.forgelog.query.read.Reading.Opened;
import org.forgelog.query.read.Reading.Pair;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Answers about organizations and their members. That somebody is a member is public; what the organization lets them
 * do, and as what, is its members' business.
 */
public final class Organizations {

    private final Reading reading;

    public Organizations(Reading reading) {
        this.reading = reading;
    }

    /** The organization itself. Keys: its login's item, its own, the caller's membership. */
    public OrganizationJson organization(Who who) {
        Opened<Boolean> opened = Accounts.open(reading, who, (round, id) -> {
            askOwnMembership(round, id);
            return Accounts.askAccount(reading, round, id);
        });
        Item item = require(reading, opened.id());
        return OrganizationJson.of(
                reading.links(), new RepositoryViews(reading).view(item), settings(item), role(item, self()));
    }

    /** The item of an organization that was asked for. */
    static Item require(Reading reading, long id) {
        Item item = reading.session().item(Keys.account(id));
        if (item == null || !item.has(Attr.OF_MEMBERS) || item.flag(Attr.DELETED)) {
            throw Rejection.notFound();
        }
        return item;
    }

    private static OrganizationSettings settings(Item item) {
        Map<OrganizationFlag, Boolean> flags = new EnumMap<>(OrganizationFlag.class);
        Map<String, AttributeValue> differing = item.map(Attr.FLAGS);
        for (OrganizationFlag flag : OrganizationFlag.values()) {
            AttributeValue value = differing.get(flag.field());
            if (value != null) {
                flags.put(flag, value.bool());
            }
        }
        return new OrganizationSettings(
                item.text(Attr.DESCRIPTION, null),
                item.text(Attr.BILLING_EMAIL, null),
                Visibility.ofMembers(item),
                flags);
    }

    private @Nullable Long self() {
        AccountId id = reading.caller().accountId();
        return id == null ? null : Long.valueOf(id.value());
    }

    private void askOwnMembership(Round round, long organization) {
        Long self = self();
        if (self != null) {
            round.get(Keys.member(organization, self));
        }
    }

    private @Nullable OrganizationRole role(Item organization, @Nullable Long account) {
        return account == null
                ? null
                : Visibility.role(
                        organization, reading.session().item(Keys.member(organization.number(Attr.ID), account)));
    }

    /** Every organization, from the first whose id is greater than the cursor says. Keys: one index. */
    public Listed<OrganizationSimpleJson> all(PageRequest request) {
        Round round = reading.session().round();
        Pager pager =
                reading.pager(round, request, List.of(Keys.organizations()), false, item -> !item.flag(Attr.DELETED));
        round.run();
        Page page = reading.page(pager);
        return new Listed<>(page.items().stream().map(this::simple).toList(), page);
    }

    private OrganizationSimpleJson simple(Item item) {
        return OrganizationSimpleJson.of(
                reading.links(),
                new AccountId(item.number(Attr.ID)),
                item.string(Attr.LOGIN),
                item.text(Attr.DESCRIPTION, null));
    }

    /**
     * Its members, by id.
     *
     * @param role only those who are this; {@code null} for all
     */
    public Listed<SimpleUser> members(String login, @Nullable OrganizationRole role, PageRequest request) {
        Predicate<Item> filter = item -> role == null || item.string(Attr.ROLE).equals(role.name());
        Opened<Pager> opened = reading.account(login, (round, id) -> {
            round.get(Keys.account(id));
            return reading.pager(round, request, List.of(Keys.members(id)), false, filter);
        });
        require(reading, opened.id());
        Page page = reading.page(opened.asked());
        List<Long> accounts =
                page.items().stream().map(item -> item.number(Attr.ACCOUNT_ID)).toList();
        reading.people().ensure(accounts);
        return new Listed<>(accounts.stream().map(reading.people()::user).toList(), page);
    }

    /** What one is in an organization, to one who asks. */
    public enum Standing {
        MEMBER,
        NO_MEMBER,
        /** The one who asks is no member, and must look at the public members. */
        ASKED_FROM_OUTSIDE
    }

    /** Whether a user is a member. Keys: both logins', the organization's, both memberships'. */
    public Standing standing(String login, String user) {
        Pair<Boolean> pair = open(login, user);
        Item organization = require(reading, pair.first());
        if (role(organization, self()) == null) {
            return Standing.ASKED_FROM_OUTSIDE;
        }
        return role(organization, pair.second()) == null ? Standing.NO_MEMBER : Standing.MEMBER;
    }

    /** Whether a user is known to be a member, which is public. */
    public boolean isMember(String login, String user) {
        Pair<Boolean> pair = open(login, user);
        return role(require(reading, pair.first()), pair.second()) != null;
    }

    private Pair<Boolean> open(String login, String user) {
        return reading.accounts(login, user, (round, organization, account) -> {
            round.get(Keys.account(organization), Keys.account(account), Keys.member(organization, account));
            askOwnMembership(round, organization);
            return true;
        });
    }

    /** A membership, to other members and to whose it is. */
    public MembershipJson membership(String login, String user) {
        if (reading.caller().isAnonymous()) {
            throw HttpFailure.authenticationRequired();
        }
        Pair<Boolean> pair = open(login, user);
        Item organization = require(reading, pair.first());
        boolean own = Objects.equals(self(), pair.second());
        if (!own && !reading.caller().siteAdmin() && role(organization, self()) == null) {
            throw Rejection.forbidden("You must be a member of the organization.");
        }
        return membership(organization, pair.second());
    }

    /** The caller's own membership. */
    public MembershipJson ownMembership(String login) {
        long self = Accounts.self(reading.caller());
        Opened<Boolean> opened = reading.account(login, (round, id) -> {
            round.get(Keys.account(id), Keys.account(self), Keys.member(id, self));
            return true;
        });
        return membership(require(reading, opened.id()), self);
    }

    private MembershipJson membership(Item organization, long account) {
        OrganizationRole role = role(organization, account);
        if (role == null) {
            throw Rejection.notFound();
        }
        return MembershipJson.of(simple(organization), reading.people().user(account), role);
    }

    /** The organizations that a user is a member of, by id. */
    public Listed<OrganizationSimpleJson> ofUser(Who who, PageRequest request) {
        Memberships memberships = memberships(who, request);
        return new Listed<>(
                memberships.page().items().stream()
                        .map(item -> simple(organizationOf(item)))
                        .toList(),
                memberships.page());
    }

    /** The caller's memberships, by the organization's id. */
    public Listed<MembershipJson> ownMemberships(PageRequest request) {
        long self = Accounts.self(reading.caller());
        Memberships memberships = memberships(Who.id(self), request);
        reading.people().ensure(List.of(self));
        return new Listed<>(
                memberships.page().items().stream()
                        .map(item -> membership(organizationOf(item), self))
                        .toList(),
                memberships.page());
    }

    private record Memberships(long user, Page page) {}

    private Memberships memberships(Who who, PageRequest request) {
        Opened<Pager> opened = Accounts.open(
                reading,
                who,
                (round, id) -> reading.pager(round, request, List.of(Keys.organizationsOf(id)), false, item -> true));
        long user = opened.id();
        // An index may trail: what holds are the items themselves.
        Page page = opened.asked().collect(reading.session(), items -> {
            Round round = reading.session().round();
            items.forEach(item -> round.get(
                    Keys.account(item.number(Attr.ORGANIZATION_ID)),
                    Keys.member(item.number(Attr.ORGANIZATION_ID), user)));
            reading.people().expect(round, List.of(user));
            round.run();
            reading.took();
            return item -> {
                Item organization = reading.session().item(Keys.account(item.number(Attr.ORGANIZATION_ID)));
                return organization != null && role(organization, user) != null;
            };
        });
        return new Memberships(user, page);
    }

    private Item organizationOf(Item membership) {
        return require(reading, membership.number(Attr.ORGANIZATION_ID));
    }
}
