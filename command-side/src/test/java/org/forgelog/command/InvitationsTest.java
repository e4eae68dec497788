package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.forgelog.command.CommandNode.User;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody gets what they have not accepted, and nobody is told of what they do not see by trying to give it away. */
class InvitationsTest {

    private static CommandNode node;

    private User owner;
    private User other;
    private String repository;

    @BeforeAll
    static void start() {
        node = CommandNode.askingFirst(CommandNode.freshDatabase());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void aPrivateRepository() {
        owner = node.newUser();
        other = node.newUser();
        repository = owner.repository("r", ",\"private\":true");
    }

    private Answered invite() {
        return owner.put(repository + "/collaborators/" + other.login(), "{\"permission\":\"push\"}");
    }

    private static String received(Answered invitation) {
        return "/user/repository_invitations/" + invitation.json().get("id").longValue();
    }

    private int opensAnIssue() {
        return other.post(repository + "/issues", "{\"title\":\"x\"}").status();
    }

    private long transferOffer() {
        return node.sql()
                .sql("select id from invitation where kind = 'OWNERSHIP' and invitee_id ="
                        + " (select id from account where login = ?)")
                .param(other.login())
                .query(Long.class)
                .single();
    }

    @Test
    void givenAnInvitation_thenItIsToldInFull_andGivesNothing() {
        Answered invitation = invite();

        assertThat(invitation.status()).as(invitation.text()).isEqualTo(201);
        assertThat(invitation.json().at("/invitee/login").stringValue()).isEqualTo(other.login());
        assertThat(invitation.json().at("/inviter/login").stringValue()).isEqualTo(owner.login());
        assertThat(invitation.json().at("/repository/name").stringValue()).isEqualTo("r");
        assertThat(invitation.json().get("permissions").stringValue()).isEqualTo("write");
        assertThat(opensAnIssue()).isEqualTo(404);
    }

    @Test
    void givenItIsAccepted_thenTheRightsAreThere_andAnotherPermissionHoldsAtOnce() {
        Answered invitation = invite();
        assertThat(node.newUser().patch(received(invitation), null).status()).isEqualTo(404);
        assertThat(other.patch(received(invitation), null).status()).isEqualTo(204);

        assertThat(opensAnIssue()).isEqualTo(201);
        assertThat(other.patch(received(invitation), null).status()).isEqualTo(404);
        assertThat(owner.put(repository + "/collaborators/" + other.login(), "{\"permission\":\"pull\"}")
                        .status())
                .isEqualTo(204);
        assertThat(other.post(repository + "/labels", "{\"name\":\"x\"}").status())
                .isEqualTo(403);
    }

    @Test
    void givenItIsDeclinedOrTakenBack_thenItCannotBeAccepted() {
        Answered declined = invite();
        assertThat(other.delete(received(declined)).status()).isEqualTo(204);
        assertThat(other.patch(received(declined), null).status()).isEqualTo(404);

        Answered cancelled = invite();
        String sent = repository + "/invitations/" + cancelled.json().get("id").longValue();
        assertThat(other.delete(sent).status()).isEqualTo(404);
        assertThat(owner.delete(sent).status()).isEqualTo(204);
        assertThat(other.patch(received(cancelled), null).status()).isEqualTo(404);

        Answered removed = invite();
        assertThat(owner.delete(repository + "/collaborators/" + other.login()).status())
                .isEqualTo(204);
        assertThat(other.patch(received(removed), null).status()).isEqualTo(404);
        assertThat(opensAnIssue()).isEqualTo(404);
    }

    @Test
    void givenSomebodyIsInvitedAgain_thenItIsTheSameInvitationToSomethingElse() {
        Answered first = invite();
        Answered again = owner.put(repository + "/collaborators/" + other.login(), "{\"permission\":\"pull\"}");
        assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
        assertThat(again.json().get("permissions").stringValue()).isEqualTo("read");
        Answered changed = owner.patch(
                repository + "/invitations/" + first.json().get("id").longValue(), "{\"permissions\":\"admin\"}");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().get("permissions").stringValue()).isEqualTo("admin");
    }

    @Test
    void givenTheRepositoryIsDeleted_thenItsInvitationsAreGone() {
        Answered invitation = invite();
        owner.delete(repository);
        assertThat(other.patch(received(invitation), null).status()).isEqualTo(404);
    }

    /** Somebody has a private repository of the name that it would get, another nothing at all: no difference shows. */
    @ParameterizedTest
    @ValueSource(strings = {"r", "free", "fork"})
    void givenAnOffer_thenWhoMakesItIsToldNothingOfWhatStandsInItsWay(String name) {
        other.repository("r", ",\"private\":true");
        String offered = repository;
        if (name.equals("fork")) {
            // The other one has a private fork of it.
            invite();
            node.sql()
                    .sql("select id from invitation where invitee_id = (select id from account where login = ?)")
                    .param(other.login())
                    .query(Long.class)
                    .list()
                    .forEach(id -> other.patch("/user/repository_invitations/" + id, null));
            other.post(repository + "/forks", "{\"name\":\"mine\"}");
        }
        String body = "{\"new_owner\":\"" + other.login() + "\",\"new_name\":\"" + name + "\"}";
        String batch = "{\"commands\":[{\"method\":\"POST\",\"path\":\"" + offered + "/transfer\",\"body\":" + body
                + "},{\"method\":\"POST\",\"path\":\"/repos/no/where/issues\",\"body\":{\"title\":\"x\"}}]}";
        Answered probe = owner.post("/batch", batch);
        assertThat(probe.status()).isEqualTo(404);

        Answered offer = owner.post(offered + "/transfer", body);
        assertThat(offer.status()).as(offer.text()).isEqualTo(202);
        assertThat(offer.json().at("/owner/login").stringValue()).isEqualTo(owner.login());
        assertThat(owner.patch(offered, "{}").status()).isEqualTo(200);

        String received = "/user/repository_transfers/" + transferOffer();
        Answered accepted = other.patch(received, null);
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(name.equals("free") ? 202 : 422);
        if (name.equals("r")) {
            accepted = other.patch(received, "{\"new_name\":\"another\"}");
            assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
            assertThat(accepted.json().get("full_name").stringValue()).isEqualTo(other.login() + "/another");
        }
    }

    /** The organization has a private repository of the name, a private one of the network, or neither. */
    @ParameterizedTest
    @ValueSource(strings = {"secret", "free", "network"})
    void givenAnOrganizationOfOthers_thenWhoWouldBringARepositoryThereIsToldNothingOfWhatItHas(String name) {
        String organization = node.newOrganization(other);
        other.post("/orgs/" + organization + "/repos", "{\"name\":\"secret\",\"private\":true}");
        String brought = owner.repository("brought");
        if (name.equals("network")) {
            assertThat(other.post(brought + "/forks", "{\"organization\":\"" + organization + "\"}")
                            .status())
                    .isEqualTo(202);
        }
        Answered refused = owner.post(
                brought + "/transfer", "{\"new_owner\":\"" + organization + "\",\"new_name\":\"" + name + "\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("message").stringValue()).isEqualTo("You must be a member of the organization.");
    }

    @Test
    void givenAnOfferIsDeclinedOrTakenBackOrMadeToAnother_thenItCannotBeAccepted() {
        String body = "{\"new_owner\":\"" + other.login() + "\"}";
        owner.post(repository + "/transfer", body);
        long first = transferOffer();
        assertThat(other.delete("/user/repository_transfers/" + first).status()).isEqualTo(204);
        owner.post(repository + "/transfer", body);
        long second = transferOffer();
        assertThat(owner.delete(repository + "/transfer").status()).isEqualTo(204);
        owner.post(repository + "/transfer", body);
        long third = transferOffer();
        owner.post(
                repository + "/transfer", "{\"new_owner\":\"" + node.newUser().login() + "\"}");
        for (long offer : List.of(first, second, third)) {
            assertThat(other.patch("/user/repository_transfers/" + offer, null).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void givenOnesOwnOrganization_thenARepositoryMovesThereAtOnce() {
        String organization = node.newOrganization(owner);
        Answered moved = owner.post(repository + "/transfer", "{\"new_owner\":\"" + organization + "\"}");
        assertThat(moved.status()).isEqualTo(202);
        assertThat(moved.json().at("/owner/login").stringValue()).isEqualTo(organization);
    }

    @Test
    void givenAnInvitationToAnOrganization_thenTheMembershipIsPendingUntilItIsAccepted() {
        String organization = node.newOrganization(owner);
        String membership = "/orgs/" + organization + "/memberships/" + other.login();
        String own = "/user/memberships/orgs/" + organization;
        String active = "{\"state\":\"active\"}";
        Answered pending = owner.put(membership, "{\"role\":\"admin\"}");
        assertThat(pending.status()).as(pending.text()).isEqualTo(200);
        assertThat(pending.json().get("state").stringValue()).isEqualTo("pending");
        assertThat(other.patch("/orgs/" + organization, "{}").status()).isEqualTo(403);
        assertThat(node.newUser().patch(own, active).status()).isEqualTo(404);

        Answered accepted = other.patch(own, active);
        assertThat(accepted.json().get("state").stringValue()).isEqualTo("active");
        assertThat(other.patch("/orgs/" + organization, "{}").status()).isEqualTo(200);
        assertThat(owner.put(membership, "{\"role\":\"member\"}")
                        .json()
                        .get("state")
                        .stringValue())
                .isEqualTo("active");
    }

    @Test
    void givenAnInvitationToAnOrganizationIsTakenBackOrDeclined_thenItCannotBeAccepted() {
        String organization = node.newOrganization(owner);
        String own = "/user/memberships/orgs/" + organization;
        String invitations = "/orgs/" + organization + "/invitations";
        long otherId = owner.put("/orgs/" + organization + "/memberships/" + other.login(), "{}")
                .json()
                .at("/user/id")
                .longValue();
        assertThat(other.delete("/orgs/" + organization + "/memberships/" + other.login())
                        .status())
                .isEqualTo(204);
        assertThat(other.patch(own, "{\"state\":\"active\"}").status()).isEqualTo(404);

        Answered invited = owner.post(invitations, "{\"invitee_id\":" + otherId + ",\"role\":\"admin\"}");
        assertThat(invited.status()).as(invited.text()).isEqualTo(201);
        assertThat(invited.json().get("login").stringValue()).isEqualTo(other.login());
        assertThat(invited.json().get("role").stringValue()).isEqualTo("admin");
        assertThat(other.post(invitations, "{\"invitee_id\":" + otherId + "}").status())
                .isEqualTo(403);
        String sent = invitations + "/" + invited.json().get("id").longValue();
        assertThat(other.delete(sent).status()).isEqualTo(403);
        assertThat(owner.delete(sent).status()).isEqualTo(204);
        assertThat(other.patch(own, "{\"state\":\"active\"}").status()).isEqualTo(404);
    }

    @Test
    void givenAllOfThat_thenTheDirectoryIsWhatTheLogSays() {
        invite();
        owner.post(repository + "/transfer", "{\"new_owner\":\"" + other.login() + "\"}");
        assertThat(node.job("/admin/directory/verify", null).text()).contains("\"differences\":0");
    }
}
