package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.query.QueryService.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Who watches what, addresses, who conceals to be a member, and outside collaborators, as they are read over HTTP. */
class SubscriptionReadsTest {

    private static final String HELLO = "/repos/octocat/hello";

    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start();
        service.log()
                .append(
                        EventFixtures.registered(1, "octocat"),
                        EventFixtures.registered(2, "mia"),
                        EventFixtures.registered(3, "carl"),
                        EventFixtures.emails(2, "mia@example.org", "mia@example.com"),
                        EventFixtures.created(10, 1, "octocat", "hello"),
                        EventFixtures.created(11, 1, "octocat", "secret", true),
                        EventFixtures.watched(2, 10),
                        EventFixtures.watched(3, 10),
                        EventFixtures.watched(2, 11),
                        EventFixtures.watched(1, 11),
                        EventFixtures.unwatched(3, 10),
                        EventFixtures.ignored(3, 10),
                        EventFixtures.organization(50, "acme"),
                        EventFixtures.member(50, 1, OrganizationRole.ADMIN),
                        EventFixtures.member(50, 2, OrganizationRole.MEMBER),
                        EventFixtures.concealed(50, 2),
                        EventFixtures.created(12, 50, "acme", "rocket"),
                        EventFixtures.created(13, 50, "acme", "fuel"),
                        EventFixtures.collaborator(12, 2, Permission.WRITE),
                        EventFixtures.collaborator(12, 3, Permission.READ),
                        EventFixtures.collaborator(13, 3, Permission.READ),
                        EventFixtures.issue(10, 1, 2, "an issue"),
                        EventFixtures.closed(10, 1, 1),
                        EventFixtures.edited(10, 1, "the issue", null));
        service.log().token(1, "octocat", "octo-token");
        service.log().token(2, "mia", "mia-token");
        service.log().token(3, "carl", "carl-token");
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static List<String> texts(String path, String token, String field) {
        Answer answer = service.get(path, token);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().valueStream().map(e -> e.path(field).asString()).toList();
    }

    @Test
    void givenWatchers_thenTheyAreListedAndCounted() {
        assertThat(texts(HELLO + "/subscribers", null, "login")).containsExactly("mia");
        assertThat(service.get(HELLO).json().path("subscribers_count").asLong()).isEqualTo(1);
        assertThat(texts("/users/mia/subscriptions", null, "name")).containsExactly("hello");
        assertThat(texts("/users/octocat/subscriptions", "octo-token", "name")).containsExactly("secret");
        assertThat(texts("/user/subscriptions", "carl-token", "name")).isEmpty();
        assertThat(service.get("/user/subscriptions").status()).isEqualTo(401);
    }

    @Test
    void givenASubscription_thenItIsItsOwners() {
        JsonNode watched = service.get(HELLO + "/subscription", "mia-token").json();
        assertThat(watched.path("subscribed").asBoolean()).isTrue();
        assertThat(watched.path("url").asString()).isEqualTo(service.base() + HELLO + "/subscription");
        assertThat(service.get(HELLO + "/subscription", "carl-token")
                        .json()
                        .path("ignored")
                        .asBoolean())
                .isTrue();
        assertThat(service.get(HELLO + "/subscription", "octo-token").status()).isEqualTo(404);
        assertThat(service.get(HELLO + "/subscription").status()).isEqualTo(401);
    }

    @Test
    void givenAddresses_thenTheirUserAloneSeesThem() {
        assertThat(texts("/user/emails", "mia-token", "email")).containsExactly("mia@example.org", "mia@example.com");
        JsonNode first = service.get("/user/emails", "mia-token").json().get(0);
        assertThat(first.path("primary").asBoolean()).isTrue();
        assertThat(first.path("visibility").asString()).isEqualTo("private");
        assertThat(texts("/user/public_emails", "mia-token", "email")).isEmpty();
        assertThat(texts("/user/emails", "carl-token", "email")).isEmpty();
        assertThat(service.get("/user/emails").status()).isEqualTo(401);
        assertThat(service.get("/users/mia", "octo-token").text()).doesNotContain("example");
    }

    @ParameterizedTest
    @CsvSource({
        "/orgs/acme/members, octocat, octocat mia, octocat mia",
        "/orgs/acme/public_members, octocat, octocat, octocat",
    })
    void givenAConcealedMembership_thenMembersAloneSeeIt(String path, String strangers, String members, String self) {
        assertThat(texts(path, null, "login")).containsExactly(strangers.split(" "));
        assertThat(texts(path, "carl-token", "login")).containsExactly(strangers.split(" "));
        assertThat(texts(path, "octo-token", "login")).containsExactly(members.split(" "));
        assertThat(texts(path, "mia-token", "login")).containsExactly(self.split(" "));
    }

    @Test
    void givenAConcealedMembership_thenStrangersAreNotToldOfTheOrganizationEither() {
        assertThat(texts("/users/mia/orgs", null, "login")).isEmpty();
        assertThat(texts("/users/mia/orgs", "carl-token", "login")).isEmpty();
        assertThat(texts("/users/mia/orgs", "octo-token", "login")).containsExactly("acme");
        assertThat(texts("/user/orgs", "mia-token", "login")).containsExactly("acme");
        assertThat(service.get("/orgs/acme/public_members/mia").status()).isEqualTo(404);
        assertThat(service.get("/orgs/acme/public_members/octocat").status()).isEqualTo(204);
        assertThat(service.get("/orgs/acme/members/mia", "octo-token").status()).isEqualTo(204);
    }

    @Test
    void givenCollaboratorsWhoAreNoMembers_thenAdminsSeeThem() {
        assertThat(texts("/orgs/acme/outside_collaborators", "octo-token", "login"))
                .containsExactly("carl");
        assertThat(service.get("/orgs/acme/outside_collaborators", "mia-token").status())
                .isEqualTo(403);
        assertThat(service.get("/orgs/acme/outside_collaborators").status()).isEqualTo(401);
    }

    @Test
    void givenWhatHappened_thenItIsFoundByItsId() {
        JsonNode events = service.get(HELLO + "/issues/1/events").json();
        for (JsonNode event : events) {
            JsonNode one = service.get(
                            HELLO + "/issues/events/" + event.path("id").asLong())
                    .json();
            assertThat(one.path("event").asString())
                    .isEqualTo(event.path("event").asString());
            assertThat(one.path("issue").path("number").asLong()).isEqualTo(1);
        }
        assertThat(events.size()).isEqualTo(2);
        assertThat(service.get(HELLO + "/issues/events/1").status()).isEqualTo(404);
        long id = events.get(0).path("id").asLong();
        assertThat(service.get("/repos/acme/rocket/issues/events/" + id).status())
                .isEqualTo(404);
    }
}
