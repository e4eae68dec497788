package org.forgelog.query.verify;

import static org.forgelog.query.verify.KeyFormat.digits;

import java.time.Instant;
import java.util.Map;
import org.forgelog.domain.invitation.InvitationEvent;
import org.forgelog.domain.invitation.InvitationEvent.InvitationChanged;
import org.forgelog.domain.invitation.InvitationEvent.InvitationEnded;
import org.forgelog.domain.invitation.InvitationEvent.InvitationSent;
import org.forgelog.domain.invitation.Offer;

/** Invitations that can be accepted. */
final class InvitationFold {

    private InvitationFold() {}

    static void apply(IndependentItems rows, InvitationEvent event) {
        Offer offer = event.offer();
        String what =
                switch (offer.kind()) {
                    case COLLABORATION -> "C#";
                    case MEMBERSHIP -> "M#";
                    case OWNERSHIP -> "O#";
                };
        String to = what + digits(offer.target());
        String invitee = digits(event.inviteeId().value());
        Key key = new Key("I#" + invitee, to);
        switch (event) {
            case InvitationSent e ->
                rows.set(key, "invitation", said -> {
                    said.put("id", e.invitationId().value());
                    said.put("kind", offer.kind().name());
                    said.put("account_id", e.inviteeId().value());
                    said.put(what.equals("M#") ? "organization_id" : "repository_id", offer.target());
                    said.put("sent_by", e.sentBy().value());
                    IndependentItems.at(said, "created_at", e.sentAt());
                    offered(said, offer, e.sentAt());
                    IndependentItems.index(said, 2, "IT#" + to, invitee);
                });
            case InvitationChanged e -> rows.edit(key, row -> offered(row.said(), offer, e.changedAt()));
            case InvitationEnded e -> rows.remove(key);
        }
    }

    private static void offered(Map<String, Object> said, Offer offer, Instant at) {
        IndependentItems.text(
                said,
                "permission",
                offer.permission() == null ? null : offer.permission().name());
        IndependentItems.text(
                said, "role", offer.role() == null ? null : offer.role().name());
        IndependentItems.text(said, "name", offer.name());
        IndependentItems.at(said, "updated_at", at);
    }
}
