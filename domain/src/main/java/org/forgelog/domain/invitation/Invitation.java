package org.forgelog.domain.invitation;

import java.time.Instant;
import java.util.List;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.invitation.InvitationCommand.ChangeInvitation;
import org.forgelog.domain.invitation.InvitationCommand.EndInvitation;
import org.forgelog.domain.invitation.InvitationCommand.SendInvitation;
import org.forgelog.domain.invitation.InvitationEvent.InvitationChanged;
import org.forgelog.domain.invitation.InvitationEvent.InvitationEnded;
import org.forgelog.domain.invitation.InvitationEvent.InvitationSent;
import org.jspecify.annotations.Nullable;

/**
 * An invitation.
 *
 * @param open whether it can still be accepted
 */
public record Invitation(
        InvitationId id, AccountId inviteeId, Offer offer, AccountId sentBy, Instant sentAt, boolean open) {

    /**
     * What {@code command} makes happen; nothing when it would change nothing.
     *
     * @param state the invitation, {@code null} before it is sent
     * @throws Rejection when it is over
     */
    public static List<InvitationEvent> decide(@Nullable Invitation state, InvitationCommand command) {
        return switch (command) {
            case SendInvitation c ->
                List.of(new InvitationSent(c.invitationId(), c.inviteeId(), c.offer(), c.sentBy(), c.sentAt()));
            case ChangeInvitation c ->
                open(state).offer().equals(c.offer())
                        ? List.of()
                        : List.of(new InvitationChanged(
                                c.invitationId(), c.inviteeId(), c.offer(), c.changedBy(), c.changedAt()));
            case EndInvitation c ->
                List.of(new InvitationEnded(
                        c.invitationId(), c.inviteeId(), open(state).offer(), c.outcome(), c.endedBy(), c.endedAt()));
        };
    }

    private static Invitation open(@Nullable Invitation state) {
        if (state == null || !state.open) {
            throw Rejection.notFound();
        }
        return state;
    }

    /** The invitation after {@code event}. */
    public static Invitation evolve(@Nullable Invitation state, InvitationEvent event) {
        return switch (event) {
            case InvitationSent e ->
                new Invitation(e.invitationId(), e.inviteeId(), e.offer(), e.sentBy(), e.sentAt(), true);
            case InvitationChanged e -> {
                Invitation before = before(state);
                yield new Invitation(before.id, before.inviteeId, e.offer(), before.sentBy, before.sentAt, before.open);
            }
            case InvitationEnded e -> {
                Invitation before = before(state);
                yield new Invitation(before.id, before.inviteeId, before.offer, before.sentBy, before.sentAt, false);
            }
        };
    }

    private static Invitation before(@Nullable Invitation state) {
        if (state == null) {
            throw new IllegalStateException("an invitation that was never sent");
        }
        return state;
    }

    /** The identifier of the aggregate in the event log. */
    public String aggregateId() {
        return id.aggregateId();
    }
}
