package org.forgelog.query.projection.projector;

import java.time.Instant;
import java.util.List;
import org.forgelog.domain.invitation.InvitationEvent;
import org.forgelog.domain.invitation.InvitationEvent.InvitationChanged;
import org.forgelog.domain.invitation.InvitationEvent.InvitationEnded;
import org.forgelog.domain.invitation.InvitationEvent.InvitationSent;
import org.forgelog.domain.invitation.Offer;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.IndexKeys;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;

/** Invitations that can be accepted. They give nobody any rights. */
final class InvitationProjector {

    private InvitationProjector() {}

    static List<ItemMutation> mutations(InvitationEvent event) {
        Offer offer = event.offer();
        ItemKey key = Keys.invitation(event.inviteeId().value(), offer.kind(), offer.target());
        return List.of(
                switch (event) {
                    case InvitationSent e -> ItemMutation.of(key, before -> sent(key, e));
                    case InvitationChanged e ->
                        ItemMutation.of(key, before -> before == null ? null : offered(before, offer, e.changedAt()));
                    case InvitationEnded e -> ItemMutation.of(key, before -> null);
                });
    }

    private static Item sent(ItemKey key, InvitationSent e) {
        Offer offer = e.offer();
        Item item = Item.of(key, ItemType.INVITATION)
                .with(Attr.ID, e.invitationId().value())
                .with(Attr.KIND, offer.kind().name())
                .with(Attr.ACCOUNT_ID, e.inviteeId().value())
                .with(offer.kind() == Offer.Kind.MEMBERSHIP ? Attr.ORGANIZATION_ID : Attr.REPOSITORY_ID, offer.target())
                .with(Attr.SENT_BY, e.sentBy().value())
                .with(Attr.CREATED_AT, e.sentAt())
                .in(IndexKeys.invitation(e.inviteeId().value(), offer.kind(), offer.target()));
        return offered(item, offer, e.sentAt());
    }

    private static Item offered(Item item, Offer offer, Instant at) {
        return item.with(
                        Attr.PERMISSION,
                        offer.permission() == null ? null : offer.permission().name())
                .with(Attr.ROLE, offer.role() == null ? null : offer.role().name())
                .with(Attr.NAME, offer.name())
                .with(Attr.UPDATED_AT, at);
    }
}
