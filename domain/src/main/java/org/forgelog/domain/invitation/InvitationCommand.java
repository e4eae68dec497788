package org.forgelog.domain.invitation;

import java.time.Instant;
import org.forgelog.domain.DomainCommand;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.invitation.InvitationEvent.Outcome;
import org.jspecify.annotations.Nullable;

/** What can be asked of an invitation. */
public sealed interface InvitationCommand extends DomainCommand<Invitation> {

    InvitationId invitationId();

    AccountId inviteeId();

    @Override
    default String aggregateId() {
        return invitationId().aggregateId();
    }

    @Override
    default String sequenceKey() {
        return inviteeId().sequenceKey();
    }

    record SendInvitation(InvitationId invitationId, AccountId inviteeId, Offer offer, AccountId sentBy, Instant sentAt)
            implements InvitationCommand {}

    /** Offers more or less of the same. */
    record ChangeInvitation(
            InvitationId invitationId, AccountId inviteeId, Offer offer, AccountId changedBy, Instant changedAt)
            implements InvitationCommand {}

    /** @param endedBy {@code null} for the site administrator */
    record EndInvitation(
            InvitationId invitationId,
            AccountId inviteeId,
            Outcome outcome,
            @Nullable AccountId endedBy,
            Instant endedAt)
            implements InvitationCommand {}
}
