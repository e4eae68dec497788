package org.forgelog.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.domain.Rejections.assertInvalid;
import static org.forgelog.domain.Rejections.assertRejected;
import static org.forgelog.domain.Samples.NOW;
import static org.forgelog.domain.Samples.OCTOCAT;
import static org.forgelog.domain.Samples.THEN;
import static org.forgelog.domain.Samples.TORVALDS;

import java.util.List;
import java.util.Map;
import org.forgelog.domain.Rejection.Code;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.Account;
import org.forgelog.domain.account.AccountCommand;
import org.forgelog.domain.account.AccountCommand.EditOrganization;
import org.forgelog.domain.account.AccountCommand.IssueToken;
import org.forgelog.domain.account.AccountCommand.RegisterAccount;
import org.forgelog.domain.account.AccountCommand.RegisterOrganization;
import org.forgelog.domain.account.AccountCommand.RemoveMember;
import org.forgelog.domain.account.AccountCommand.SetMember;
import org.forgelog.domain.account.AccountEvent;
import org.forgelog.domain.account.AccountEvent.MemberAdded;
import org.forgelog.domain.account.AccountEvent.MemberRemoved;
import org.forgelog.domain.account.AccountEvent.MemberRoleChanged;
import org.forgelog.domain.account.AccountEvent.OrganizationEdited;
import org.forgelog.domain.account.AccountEvent.ProfileEdited;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.account.OrganizationFlag;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.account.OrganizationSettings;
import org.forgelog.domain.account.Profile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrganizationTest {

    private static final AccountId GITHUB = new AccountId(7);
    private static final OrganizationSettings.Changes NO_SETTINGS =
            new OrganizationSettings.Changes(null, null, null, Map.of());
    private static final Profile.Changes NO_PROFILE =
            new Profile.Changes(null, null, null, null, null, null, null, null, null);

    private final Account registered =
            after(null, new RegisterOrganization(GITHUB, new Login("github"), OCTOCAT, "GitHub", THEN));

    @Test
    void anOrganizationHasAnAdminFromTheStart() {
        assertThat(registered.kind()).isEqualTo(AccountKind.ORGANIZATION);
        assertThat(registered.profile().name()).isEqualTo("GitHub");
        assertThat(registered.organization()).isNotNull();
        assertThat(registered.organization().members()).isEqualTo(Map.of(OCTOCAT, OrganizationRole.ADMIN));
        assertThat(registered.organization().settings()).isEqualTo(OrganizationSettings.DEFAULT);
    }

    @Test
    void aMemberIsAddedOnceAndMayGetAnotherRole() {
        assertThat(Account.decide(registered, set(TORVALDS, OrganizationRole.MEMBER)))
                .containsExactly(new MemberAdded(GITHUB, TORVALDS, OrganizationRole.MEMBER, NOW));
        Account withMember = after(registered, set(TORVALDS, OrganizationRole.MEMBER));
        assertThat(Account.decide(withMember, set(TORVALDS, OrganizationRole.MEMBER)))
                .isEmpty();
        assertThat(Account.decide(withMember, set(TORVALDS, OrganizationRole.ADMIN)))
                .containsExactly(new MemberRoleChanged(GITHUB, TORVALDS, OrganizationRole.ADMIN, NOW));
    }

    @Test
    void theLastAdminCanNeitherLeaveNorBecomeAMember() {
        assertRejected(Code.FORBIDDEN, () -> Account.decide(registered, new RemoveMember(GITHUB, OCTOCAT, NOW)));
        assertRejected(Code.FORBIDDEN, () -> Account.decide(registered, set(OCTOCAT, OrganizationRole.MEMBER)));
    }

    @Test
    void anAdminMayLeaveWhenAnotherOneStays() {
        Account two = after(registered, set(TORVALDS, OrganizationRole.ADMIN));
        assertThat(Account.decide(two, new RemoveMember(GITHUB, OCTOCAT, NOW)))
                .containsExactly(new MemberRemoved(GITHUB, OCTOCAT, NOW));
        Account one = after(two, new RemoveMember(GITHUB, OCTOCAT, NOW));
        assertRejected(Code.FORBIDDEN, () -> Account.decide(one, new RemoveMember(GITHUB, TORVALDS, NOW)));
    }

    @Test
    void whoIsNoMemberCannotBeRemoved() {
        assertRejected(Code.NOT_FOUND, () -> Account.decide(registered, new RemoveMember(GITHUB, TORVALDS, NOW)));
    }

    @Test
    void anOrganizationIsNoMemberOfItself() {
        assertInvalid("user", Fault.INVALID, () -> Account.decide(registered, set(GITHUB, OrganizationRole.MEMBER)));
    }

    @Test
    void membersLeaveTheTimeOfItsLastUpdateAlone() {
        assertThat(after(registered, set(TORVALDS, OrganizationRole.MEMBER)).updatedAt())
                .isEqualTo(THEN);
    }

    @Test
    void anEditSaysOnlyWhatChangesOfProfileAndSettings() {
        OrganizationSettings.Changes settings = new OrganizationSettings.Changes(
                Change.to("How people build software"),
                Change.to(null),
                Permission.READ,
                Map.of(
                        OrganizationFlag.MEMBERS_CAN_CREATE_REPOSITORIES,
                        false,
                        OrganizationFlag.HAS_REPOSITORY_PROJECTS,
                        true));
        Profile.Changes profile =
                new Profile.Changes(Change.to("GitHub"), null, null, null, null, Change.to("Earth"), null, null, null);
        assertThat(Account.decide(registered, new EditOrganization(GITHUB, profile, settings, NOW)))
                .containsExactly(
                        new ProfileEdited(
                                GITHUB,
                                new Profile.Changes(null, null, null, null, null, Change.to("Earth"), null, null, null),
                                NOW),
                        new OrganizationEdited(
                                GITHUB,
                                new OrganizationSettings.Changes(
                                        Change.to("How people build software"),
                                        null,
                                        null,
                                        Map.of(OrganizationFlag.MEMBERS_CAN_CREATE_REPOSITORIES, false)),
                                NOW));
    }

    @Test
    void aDescriptionMayHave160CharactersAndNotOneMore() {
        assertThat(Account.decide(registered, describe("x".repeat(160)))).hasSize(1);
        assertInvalid("description", Fault.CUSTOM, () -> Account.decide(registered, describe("x".repeat(161))));
    }

    @Test
    void aBillingAddressLooksLikeOne() {
        OrganizationSettings.Changes changes =
                new OrganizationSettings.Changes(null, Change.to("not an address"), null, Map.of());
        assertInvalid(
                "billing_email",
                Fault.INVALID,
                () -> Account.decide(registered, new EditOrganization(GITHUB, NO_PROFILE, changes, NOW)));
    }

    @Test
    void aUserIsNoOrganizationAndAnOrganizationHoldsNoToken() {
        Account user =
                after(null, new RegisterAccount(OCTOCAT, new Login("octocat"), AccountKind.USER, null, false, THEN));
        assertThat(user.organization()).isNull();
        assertRejected(
                Code.NOT_FOUND,
                () -> Account.decide(user, new EditOrganization(OCTOCAT, NO_PROFILE, NO_SETTINGS, NOW)));
        assertRejected(
                Code.NOT_FOUND,
                () -> Account.decide(
                        registered,
                        new IssueToken(GITHUB, 9, "ab".repeat(32), "12345678", List.of("repo"), null, NOW)));
    }

    private static EditOrganization describe(String text) {
        return new EditOrganization(
                GITHUB, NO_PROFILE, new OrganizationSettings.Changes(Change.to(text), null, null, Map.of()), NOW);
    }

    private static SetMember set(AccountId member, OrganizationRole role) {
        return new SetMember(GITHUB, member, role, NOW);
    }

    private static Account after(@Nullable Account state, AccountCommand command) {
        Account next = state;
        for (AccountEvent event : Account.decide(state, command)) {
            next = Account.evolve(next, event);
        }
        if (next == null) {
            throw new AssertionError("no account came of " + command);
        }
        return next;
    }
}
