package org.forgelog.query.projection.projector;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.domain.account.AccountEvent.MemberAdded;
import org.forgelog.domain.account.AccountEvent.MemberRemoved;
import org.forgelog.domain.account.AccountEvent.MemberRoleChanged;
import org.forgelog.domain.account.AccountEvent.MembershipConcealed;
import org.forgelog.domain.account.AccountEvent.MembershipPublicized;
import org.forgelog.domain.account.AccountEvent.OrganizationEdited;
import org.forgelog.domain.account.AccountEvent.OrganizationEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.account.OrganizationSettings;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.IndexKeys;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What organizations let their members do, and who these are. */
final class OrganizationProjector {

    private OrganizationProjector() {}

    static List<ItemMutation> mutations(OrganizationEvent event) {
        AccountId id = event.accountId();
        return switch (event) {
            case OrganizationEdited e ->
                List.of(ItemMutation.edit(Keys.account(id.value()), item -> edited(item, e.changes())
                        .with(Attr.UPDATED_AT, e.editedAt())));
            case MemberAdded e -> List.of(member(id, e.memberId(), e.role(), e.addedAt()));
            case MemberRoleChanged e -> List.of(member(id, e.memberId(), e.role(), e.changedAt()));
            case MembershipConcealed e -> List.of(shown(id, e.memberId(), false, e.concealedAt()));
            case MembershipPublicized e -> List.of(shown(id, e.memberId(), true, e.publicizedAt()));
            case MemberRemoved e ->
                List.of(ItemMutation.of(Keys.member(id.value(), e.memberId().value()), before -> null));
        };
    }

    private static Item edited(Item item, OrganizationSettings.Changes changes) {
        Item after = AccountProjector.text(item, Attr.DESCRIPTION, changes.description());
        after = AccountProjector.text(after, Attr.BILLING_EMAIL, changes.billingEmail());
        if (changes.ofMembers() != null) {
            after = after.with(Attr.OF_MEMBERS, changes.ofMembers().name());
        }
        Map<String, AttributeValue> differing = new HashMap<>(item.map(Attr.FLAGS));
        changes.flags().forEach((flag, value) -> {
            if (value == flag.byDefault()) {
                differing.remove(flag.field());
            } else {
                differing.put(flag.field(), AttributeValue.fromBool(value));
            }
        });
        return after.with(Attr.FLAGS, differing);
    }

    private static ItemMutation shown(AccountId organization, AccountId member, boolean everybody, Instant at) {
        return ItemMutation.edit(
                Keys.member(organization.value(), member.value()),
                item -> (everybody ? item.without(Attr.CONCEALED) : item.with(Attr.CONCEALED, true))
                        .with(Attr.UPDATED_AT, at));
    }

    private static ItemMutation member(AccountId organization, AccountId member, OrganizationRole role, Instant at) {
        ItemKey key = Keys.member(organization.value(), member.value());
        return ItemMutation.of(key, before -> {
            Item item = before != null
                    ? before
                    : Item.of(key, ItemType.MEMBER)
                            .with(Attr.ORGANIZATION_ID, organization.value())
                            .with(Attr.ACCOUNT_ID, member.value())
                            .with(Attr.CREATED_AT, at)
                            .in(IndexKeys.member(organization.value(), member.value()));
            return item.with(Attr.ROLE, role.name()).with(Attr.UPDATED_AT, at);
        });
    }
}
