package org.forgelog.domain.account;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.AccountCommand.EditOrganization;
import org.forgelog.domain.account.AccountCommand.OrganizationCommand;
import org.forgelog.domain.account.AccountCommand.RegisterOrganization;
import org.forgelog.domain.account.AccountCommand.RemoveMember;
import org.forgelog.domain.account.AccountCommand.SetMember;
import org.forgelog.domain.account.AccountCommand.ShowMembership;
import org.forgelog.domain.account.AccountEvent.AccountRegistered;
import org.forgelog.domain.account.AccountEvent.MemberAdded;
import org.forgelog.domain.account.AccountEvent.MemberRemoved;
import org.forgelog.domain.account.AccountEvent.MemberRoleChanged;
import org.forgelog.domain.account.AccountEvent.MembershipConcealed;
import org.forgelog.domain.account.AccountEvent.MembershipPublicized;
import org.forgelog.domain.account.AccountEvent.OrganizationEdited;
import org.forgelog.domain.account.AccountEvent.OrganizationEvent;
import org.forgelog.domain.account.AccountEvent.ProfileEdited;

/**
 * What an account has when it is an organization, and the rules of it. One of its members at least is an admin, from
 * its registration on.
 *
 * @param concealed the members whom members alone know as such
 */
public record Organization(
        OrganizationSettings settings, Map<AccountId, OrganizationRole> members, Set<AccountId> concealed) {

    static final Organization NEW = new Organization(OrganizationSettings.DEFAULT, Map.of(), Set.of());

    public Organization {
        members = Map.copyOf(members);
        concealed = Set.copyOf(concealed);
    }

    static List<AccountEvent> register(RegisterOrganization c) {
        List<AccountEvent> events = new ArrayList<>();
        events.add(new AccountRegistered(
                c.accountId(), c.login().value(), AccountKind.ORGANIZATION, null, false, c.registeredAt()));
        if (c.profileName() != null) {
            Profile.Changes profile = Profile.Changes.ofName(c.profileName());
            profile.validate();
            events.add(new ProfileEdited(c.accountId(), profile, c.registeredAt()));
        }
        events.add(new MemberAdded(c.accountId(), c.adminId(), OrganizationRole.ADMIN, c.registeredAt()));
        return events;
    }

    List<AccountEvent> decide(Account account, OrganizationCommand command) {
        return switch (command) {
            case RegisterOrganization c -> List.of();
            case EditOrganization c -> {
                c.profile().validate();
                c.settings().validate();
                Profile.Changes profile = c.profile().against(account.profile());
                OrganizationSettings.Changes changes = c.settings().against(settings);
                List<AccountEvent> events = new ArrayList<>();
                if (!profile.isEmpty()) {
                    events.add(new ProfileEdited(account.id(), profile, c.editedAt()));
                }
                if (!changes.changesNothing()) {
                    events.add(new OrganizationEdited(account.id(), changes, c.editedAt()));
                }
                yield events;
            }
            case SetMember c -> set(account.id(), c);
            case RemoveMember c -> {
                if (!members.containsKey(c.memberId())) {
                    throw Rejection.notFound();
                }
                checkAnotherAdmin(c.memberId());
                yield List.of(new MemberRemoved(account.id(), c.memberId(), c.removedAt()));
            }
            case ShowMembership c -> {
                if (!members.containsKey(c.memberId())) {
                    throw Rejection.notFound();
                }
                if (concealed.contains(c.memberId()) != c.everybody()) {
                    yield List.of();
                }
                yield List.of(
                        c.everybody()
                                ? new MembershipPublicized(account.id(), c.memberId(), c.setAt())
                                : new MembershipConcealed(account.id(), c.memberId(), c.setAt()));
            }
        };
    }

    private List<AccountEvent> set(AccountId id, SetMember c) {
        if (c.memberId().equals(id)) {
            throw Rejection.invalid("Membership", "user", Fault.INVALID, "an organization is no member of itself");
        }
        OrganizationRole before = members.get(c.memberId());
        if (before == null) {
            return List.of(new MemberAdded(id, c.memberId(), c.role(), c.setAt()));
        }
        if (before == c.role()) {
            return List.of();
        }
        checkAnotherAdmin(c.memberId());
        return List.of(new MemberRoleChanged(id, c.memberId(), c.role(), c.setAt()));
    }

    /** Nobody could administer an organization again that has lost its last admin. */
    private void checkAnotherAdmin(AccountId memberId) {
        if (isLastAdmin(memberId)) {
            throw Rejection.forbidden("The last admin of an organization cannot leave it or become a member.");
        }
    }

    /** Whether {@code accountId} is its only admin. */
    public boolean isLastAdmin(AccountId accountId) {
        return members.get(accountId) == OrganizationRole.ADMIN
                && members.values().stream()
                                .filter(role -> role == OrganizationRole.ADMIN)
                                .count()
                        == 1;
    }

    Organization evolve(OrganizationEvent event) {
        return switch (event) {
            case OrganizationEdited e -> new Organization(settings.with(e.changes()), members, concealed);
            case MemberAdded e -> with(e.memberId(), e.role());
            case MemberRoleChanged e -> with(e.memberId(), e.role());
            case MembershipConcealed e -> new Organization(settings, members, concealed(e.memberId(), true));
            case MembershipPublicized e -> new Organization(settings, members, concealed(e.memberId(), false));
            case MemberRemoved e -> {
                Map<AccountId, OrganizationRole> after = new HashMap<>(members);
                after.remove(e.memberId());
                yield new Organization(settings, after, concealed(e.memberId(), false));
            }
        };
    }

    private Set<AccountId> concealed(AccountId memberId, boolean now) {
        Set<AccountId> after = new HashSet<>(concealed);
        if (now) {
            after.add(memberId);
        } else {
            after.remove(memberId);
        }
        return after;
    }

    private Organization with(AccountId memberId, OrganizationRole role) {
        Map<AccountId, OrganizationRole> after = new HashMap<>(members);
        after.put(memberId, role);
        return new Organization(settings, after, concealed);
    }
}
