package org.forgelog.domain.invitation;

import org.forgelog.domain.PublicIds;

/** The id of an invitation: public, never reused. */
public record InvitationId(long value) {

    public InvitationId {
        PublicIds.check("an invitation id", value);
    }

    /** The identifier of the invitation's aggregate in the event log. */
    public String aggregateId() {
        return "invitation-" + value;
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
