package org.forgelog.command.directory;

import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.invitation.InvitationId;
import org.forgelog.domain.invitation.Offer;

/** An invitation that can be accepted, as the directory knows it. */
public record InvitationRow(InvitationId id, AccountId inviteeId, Offer offer) {}
