package org.forgelog.domain.account;

import java.util.EnumMap;
import java.util.Map;
import org.forgelog.domain.Change;
import org.forgelog.domain.Permission;
import org.forgelog.domain.Texts;
import org.jspecify.annotations.Nullable;

/**
 * How an organization is set up, beyond the {@link Profile} that every account has.
 *
 * @param billingEmail shown to its admins alone
 * @param ofMembers what a member may do with each of its repositories, at least
 */
public record OrganizationSettings(
        @Nullable String description,
        @Nullable String billingEmail,
        Permission ofMembers,
        Map<OrganizationFlag, Boolean> flags) {

    /** Longest description, in characters. */
    public static final int DESCRIPTION_LIMIT = 160;

    public static final OrganizationSettings DEFAULT =
            new OrganizationSettings(null, null, Permission.READ, OrganizationFlag.defaults());

    public OrganizationSettings {
        flags = Map.copyOf(flags);
    }

    /** Which settings change; a {@code null} component, or a missing key, leaves its setting alone. */
    public record Changes(
            @Nullable Change<String> description,
            @Nullable Change<String> billingEmail,
            @Nullable Permission ofMembers,
            Map<OrganizationFlag, Boolean> flags) {

        public Changes {
            flags = Map.copyOf(flags);
        }

        /** Whether nothing changes. */
        public boolean changesNothing() {
            return description == null && billingEmail == null && ofMembers == null && flags.isEmpty();
        }

        /** These changes without those that would leave {@code before} as it is. */
        Changes against(OrganizationSettings before) {
            Map<OrganizationFlag, Boolean> changedFlags = new EnumMap<>(OrganizationFlag.class);
            flags.forEach((flag, value) -> {
                if (before.flag(flag) != value) {
                    changedFlags.put(flag, value);
                }
            });
            return new Changes(
                    Change.unlessSame(description, before.description),
                    Change.unlessSame(billingEmail, before.billingEmail),
                    ofMembers == before.ofMembers ? null : ofMembers,
                    changedFlags);
        }

        /** Refuses what is too long or malformed; nothing stored is ever judged by it. */
        void validate() {
            if (description != null) {
                Texts.line("Organization", "description", description.value(), DESCRIPTION_LIMIT);
            }
            if (billingEmail != null && billingEmail.value() != null) {
                Profile.checkEmail("Organization", "billing_email", billingEmail.value());
            }
        }
    }

    public boolean flag(OrganizationFlag flag) {
        return flags.getOrDefault(flag, flag.byDefault());
    }

    public OrganizationSettings with(Changes changes) {
        Map<OrganizationFlag, Boolean> flagsAfter = new EnumMap<>(OrganizationFlag.class);
        flagsAfter.putAll(flags);
        flagsAfter.putAll(changes.flags);
        return new OrganizationSettings(
                Change.apply(changes.description, description),
                Change.apply(changes.billingEmail, billingEmail),
                changes.ofMembers == null ? ofMembers : changes.ofMembers,
                flagsAfter);
    }
}
