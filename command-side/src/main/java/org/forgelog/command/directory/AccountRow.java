package org.forgelog.command.directory;

import org.forgelog.api.representation.Links;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;

/** An account as the directory knows it. */
public record AccountRow(
        AccountId id, String login, AccountKind kind, boolean suspended, boolean siteAdmin, boolean deleted) {

    /** What is shown of the account where it is mentioned. */
    public SimpleUser mention(Links links) {
        return deleted ? SimpleUser.ghost(links, id) : SimpleUser.of(links, id, login, kind, siteAdmin);
    }
}
