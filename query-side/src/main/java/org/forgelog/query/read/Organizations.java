package org.forgelog.query.read;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.forgelog.api.representation.OrganizationJson;
import org.forgelog.api.representation.OrganizationSimpleJson;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.OrganizationFlag;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.account.OrganizationSettings;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Spans;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Organizations, who belongs to them, and who works on their repositories from outside. */
public final class Organizations {

    /** Most repositories that are looked through for collaborators, those last changed. */
    private static final int LOOKED_THROUGH = 1_000;

    private final ReadContext read;

    public Organizations(ReadContext read) {
        this.read = read;
    }

    /** The organization itself. */
    public OrganizationJson organization(AccountAddress address) {
        long id = address.in(read);
        AccountViews accounts = new AccountViews(read);
        Item item = accounts.item(id);
        if (read.callerId() != null) {
            read.lookup().prefetch(List.of(Keys.member(id, read.callerId())));
        }
        if (item == null || !isOrganization(item)) {
            throw Rejection.notFound();
        }
        return OrganizationJson.of(read.links(), accounts.view(item), settings(item), ownRole(item));
    }

    /** Refuses what is no organization, or is gone. */
    static void require(ReadContext read, long id) {
        Item item = read.lookup().item(Keys.account(id));
        if (!isOrganization(item)) {
            read.lookup().reject(Rejection.notFound());
        }
    }

    static boolean isOrganization(@Nullable Item item) {
        return item != null && item.has(Attr.OF_MEMBERS) && !item.flag(Attr.DELETED);
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

    private @Nullable OrganizationRole ownRole(Item organization) {
        return read.visibility().role(organization, read.callerId());
    }

    /** Every organization, from the first whose id is greater than the cursor says. */
    public Listed<OrganizationSimpleJson> all(PageRequest request) {
        Page page = read.pager(request, false).of(Spans.organizations()).page(item -> !item.flag(Attr.DELETED));
        return read.listed(page, item -> simple(read, item));
    }

    static OrganizationSimpleJson simple(ReadContext read, Item item) {
        return OrganizationSimpleJson.of(
                read.links(),
                new AccountId(item.number(Attr.ID)),
                item.string(Attr.LOGIN),
                item.text(Attr.DESCRIPTION, null));
    }

    /**
     * Its members, by id.
     *
     * @param role only those who are this; {@code null} for all
     * @param toOutsiders only those who do not conceal it, whoever asks
     */
    public Listed<SimpleUser> members(
            String login, @Nullable OrganizationRole role, boolean toOutsiders, PageRequest request) {
        long id = read.names().account(login);
        require(read, id);
        Page page = read.pager(request, false)
                .of(Spans.members(id))
                .page(item -> (role == null || item.string(Attr.ROLE).equals(role.name()))
                        && (!item.flag(Attr.CONCEALED) || (!toOutsiders && new Memberships(read).mayBeTold(id))));
        return read.listed(page, item -> read.people().user(item.number(Attr.ACCOUNT_ID)));
    }

    /** Collaborators on repositories of an organization who are no members, by id, for its admins. */
    public Listed<SimpleUser> outsideCollaborators(String login, PageRequest request) {
        long id = read.names().account(login);
        require(read, id);
        Item organization = read.lookup().item(Keys.account(id));
        if (organization != null && !read.caller().siteAdmin() && ownRole(organization) != OrganizationRole.ADMIN) {
            read.lookup().reject(Rejection.forbidden("You must be an admin of the organization."));
        }
        Pager pager = read.pager(request, false);
        new RepositoryLists(read)
                .newest(id, LOOKED_THROUGH)
                .forEach(repository -> pager.of(Spans.collaborators(repository.number(Attr.ID))));
        Page page = pager.page(item ->
                read.lookup().mayBe(() -> read.lookup().item(Keys.member(id, item.number(Attr.ACCOUNT_ID))) == null));
        return read.listed(page, item -> read.people().user(item.number(Attr.ACCOUNT_ID)));
    }
}
