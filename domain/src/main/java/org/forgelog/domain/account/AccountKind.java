package org.forgelog.domain.account;

/** Users act; organizations own. */
public enum AccountKind {
    USER,
    ORGANIZATION
}
