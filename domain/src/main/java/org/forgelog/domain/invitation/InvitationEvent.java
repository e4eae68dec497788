package org.forgelog.domain.invitation;

import java.time.Instant;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountId;
import org.jspecify.annotations.Nullable;

/**
 * What happened to an invitation. In the sequence of whoever is invited: it gives nobody any rights. What comes of one that
 * is accepted is told by the repository or organization.
 */
public sealed interface InvitationEvent extends DomainEvent {

    InvitationId invitationId();

    AccountId inviteeId();

    Offer offer();

    @Override
    default String sequenceKey() {
        return inviteeId().sequenceKey();
    }

    /** @param sentBy who invites */
    record InvitationSent(InvitationId invitationId, AccountId inviteeId, Offer offer, AccountId sentBy, Instant sentAt)
            implements InvitationEvent {}

    /** @param offer what is offered from now on, of the same repository or organization */
    record InvitationChanged(
            InvitationId invitationId, AccountId inviteeId, Offer offer, AccountId changedBy, Instant changedAt)
            implements InvitationEvent {}

    /** @param endedBy {@code null} for the site administrator */
    record InvitationEnded(
            InvitationId invitationId,
            AccountId inviteeId,
            Offer offer,
            Outcome outcome,
            @Nullable AccountId endedBy,
            Instant endedAt)
            implements InvitationEvent {}

    /** How an invitation ended. Stored by these names. */
    enum Outcome {
        ACCEPTED,
        DECLINED,
        /** By those who sent it. */
        CANCELLED
    }
}
