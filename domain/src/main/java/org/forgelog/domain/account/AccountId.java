package org.forgelog.domain.account;

import org.forgelog.domain.PublicIds;

/** The id of an account: public, never reused, the same however often the login changes. */
public record AccountId(long value) {

    public AccountId {
        PublicIds.check("an account id", value);
    }

    /** The identifier of the account's aggregate in the event log. */
    public String aggregateId() {
        return "account-" + value;
    }

    /** The sequence that this account's events belong to. */
    public String sequenceKey() {
        return "a:" + value;
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
