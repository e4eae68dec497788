package org.forgelog.domain.account;

import java.util.Locale;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;

/** What a member is in an organization. Admins may do everything with it and its repositories. */
public enum OrganizationRole {
    ADMIN,
    MEMBER;

    /** The word that clients use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a client's word. */
    public static OrganizationRole of(String word) {
        for (OrganizationRole role : values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw Rejection.invalid("Membership", "role", Fault.INVALID, "role must be one of admin, member");
    }
}
