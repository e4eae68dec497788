package org.forgelog.domain.account;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The switches of an organization, with what they are unless said otherwise. */
public enum OrganizationFlag {
    HAS_ORGANIZATION_PROJECTS(true),
    HAS_REPOSITORY_PROJECTS(true),
    MEMBERS_CAN_CREATE_REPOSITORIES(true),
    MEMBERS_CAN_CREATE_PUBLIC_REPOSITORIES(true),
    MEMBERS_CAN_CREATE_PRIVATE_REPOSITORIES(true),
    MEMBERS_CAN_CREATE_INTERNAL_REPOSITORIES(false),
    MEMBERS_CAN_FORK_PRIVATE_REPOSITORIES(false),
    MEMBERS_CAN_CREATE_PAGES(true),
    MEMBERS_CAN_CREATE_PUBLIC_PAGES(true),
    MEMBERS_CAN_CREATE_PRIVATE_PAGES(true),
    WEB_COMMIT_SIGNOFF_REQUIRED(false);

    private final boolean byDefault;

    OrganizationFlag(boolean byDefault) {
        this.byDefault = byDefault;
    }

    /** The field as clients spell it. */
    public String field() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean byDefault() {
        return byDefault;
    }

    /** Every flag at its default. */
    public static Map<OrganizationFlag, Boolean> defaults() {
        Map<OrganizationFlag, Boolean> flags = new EnumMap<>(OrganizationFlag.class);
        for (OrganizationFlag flag : values()) {
            flags.put(flag, flag.byDefault);
        }
        return flags;
    }
}
