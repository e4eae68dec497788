package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.invitation.InvitationEvent.Outcome;
import org.forgelog.domain.invitation.Offer;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositoryName;
import org.forgelog.query.QueryService.Answer;
import org.forgelog.query.verify.LogVerifier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Invitations are shown to those who are invited, and to those who may invite, and give nothing. */
class InvitationReadsTest {

    private static final Offer COLLABORATION = Offer.collaboration(new RepositoryId(10), Permission.WRITE);
    private static final Offer MEMBERSHIP = Offer.membership(new AccountId(50), OrganizationRole.ADMIN);
    private static final Offer OWNERSHIP = Offer.ownership(new RepositoryId(10), new RepositoryName("mine"));
    private static final Offer OF_A_DELETED_ONE = Offer.collaboration(new RepositoryId(11), Permission.READ);
    private static final Offer DECLINED = Offer.collaboration(new RepositoryId(12), Permission.READ);

    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start();
        service.log()
                .append(
                        EventFixtures.registered(1, "owner"),
                        EventFixtures.registered(2, "guest"),
                        EventFixtures.registered(3, "stranger"),
                        EventFixtures.organization(50, "acme"),
                        EventFixtures.member(50, 1, OrganizationRole.ADMIN),
                        EventFixtures.created(10, 1, "owner", "SECRET", true),
                        EventFixtures.created(11, 1, "owner", "gone", true),
                        EventFixtures.created(12, 1, "owner", "declined", true),
                        EventFixtures.invited(101, 2, COLLABORATION, 1),
                        EventFixtures.invited(102, 2, MEMBERSHIP, 1),
                        EventFixtures.invited(103, 2, OWNERSHIP, 1),
                        EventFixtures.invited(104, 2, OF_A_DELETED_ONE, 1),
                        EventFixtures.invited(105, 2, DECLINED, 1),
                        EventFixtures.invitationEnded(105, 2, DECLINED, Outcome.DECLINED),
                        EventFixtures.deleted(11, 1, "owner", "gone"));
        service.log().token(1, "owner", "owner-token");
        service.log().token(2, "guest", "guest-token");
        service.log().token(3, "stranger", "stranger-token");
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static JsonNode list(String path, String token) {
        Answer answer = service.get(path, token);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void whoIsInvitedSeesTheInvitationAndTheRepositoryThatItIsTo() {
        for (int i = 0; i < 2; i++) {
            JsonNode list = list("/user/repository_invitations", "guest-token");
            assertThat(list.size()).as(list.toString()).isEqualTo(1);
            assertThat(list.at("/0/id").asLong()).isEqualTo(101);
            assertThat(list.at("/0/repository/full_name").asString()).isEqualTo("owner/SECRET");
            assertThat(list.at("/0/inviter/login").asString()).isEqualTo("owner");
            assertThat(list.at("/0/permissions").asString()).isEqualTo("write");
        }
        assertThat(service.get("/repos/owner/SECRET", "guest-token").status()).isEqualTo(404);
        JsonNode transfers = list("/user/repository_transfers", "guest-token");
        assertThat(transfers.at("/0/id").asLong()).isEqualTo(103);
        assertThat(transfers.at("/0/name").asString()).isEqualTo("mine");
    }

    @Test
    void nobodyElseSeesThem() {
        for (String path : List.of("/user/repository_invitations", "/user/repository_transfers")) {
            assertThat(list(path, "stranger-token").size()).isZero();
            assertThat(list(path, "owner-token").size()).isZero();
            assertThat(service.get(path).status()).isEqualTo(401);
        }
        assertThat(service.get("/repos/owner/SECRET/invitations", "guest-token").status())
                .isEqualTo(404);
        assertThat(service.get("/orgs/acme/invitations", "guest-token").status())
                .isEqualTo(403);
        assertThat(service.get("/orgs/acme/memberships/guest", "stranger-token").status())
                .isEqualTo(403);
    }

    @Test
    void adminsSeeWhomTheyInvited() {
        JsonNode ofRepository = list("/repos/owner/SECRET/invitations", "owner-token");
        assertThat(ofRepository.size()).isEqualTo(1);
        assertThat(ofRepository.at("/0/invitee/login").asString()).isEqualTo("guest");
        JsonNode ofOrganization = list("/orgs/acme/invitations", "owner-token");
        assertThat(ofOrganization.size()).isEqualTo(1);
        assertThat(ofOrganization.at("/0/login").asString()).isEqualTo("guest");
        assertThat(ofOrganization.at("/0/role").asString()).isEqualTo("admin");
    }

    @Test
    void aMembershipThatIsNotAcceptedIsPending() {
        for (String path : List.of("/user/memberships/orgs/acme", "/orgs/acme/memberships/guest")) {
            assertThat(list(path, "guest-token").at("/state").asString()).isEqualTo("pending");
        }
        assertThat(list("/orgs/acme/memberships/guest", "owner-token")
                        .at("/state")
                        .asString())
                .isEqualTo("pending");
        assertThat(list("/user/memberships/orgs", "guest-token").at("/0/state").asString())
                .isEqualTo("pending");
        assertThat(list("/user/memberships/orgs?state=pending", "guest-token").size())
                .isEqualTo(1);
        assertThat(list("/user/memberships/orgs?state=active", "guest-token").size())
                .isZero();
        assertThat(list("/orgs/acme/members", "owner-token").size()).isEqualTo(1);
        assertThat(list("/user/orgs", "guest-token").size()).isZero();
    }

    @Test
    void theTableIsWhatTheLogSays() {
        assertThat(service.bean(LogVerifier.class)
                        .verify(TestTable.NAME, null, progress -> {})
                        .details())
                .isEmpty();
    }
}
