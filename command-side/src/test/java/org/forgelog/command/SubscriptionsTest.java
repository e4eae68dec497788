package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.forgelog.command.CommandNode.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who watches what, addresses of users, and who shows a membership, as clients write them. */
class SubscriptionsTest {

    private static final CommandNode node = CommandNode.shared();

    private User owner;
    private User other;
    private String repository;

    @BeforeEach
    void aRepository() {
        owner = node.newUser();
        other = node.newUser();
        repository = owner.repository("watched");
    }

    private long subscribers() {
        return owner.patch(repository, "{}").json().path("subscribers_count").longValue();
    }

    @Test
    void givenASubscription_thenTheRepositoryCountsItUnlessItIsIgnored() {
        JsonNode watched =
                other.put(repository + "/subscription", "{\"subscribed\":true}").json();
        assertThat(watched.path("subscribed").booleanValue()).isTrue();
        assertThat(watched.path("ignored").booleanValue()).isFalse();
        assertThat(watched.path("repository_url").stringValue()).endsWith(repository);
        assertThat(subscribers()).isEqualTo(1);
        other.put(repository + "/subscription", "{\"subscribed\":true}");
        assertThat(subscribers()).isEqualTo(1);
        assertThat(other.put(repository + "/subscription", "{\"ignored\":true}")
                        .json()
                        .path("subscribed")
                        .booleanValue())
                .isFalse();
        assertThat(subscribers()).isZero();
        assertThat(other.delete(repository + "/subscription").status()).isEqualTo(204);
        assertThat(other.delete(repository + "/subscription").status()).isEqualTo(204);
        assertThat(other.put(repository + "/subscription", "{\"ignored\":\"yes\"}")
                        .status())
                .isEqualTo(422);
        assertThat(other.put(repository + "-not/subscription", "{}").status()).isEqualTo(404);
    }

    private static List<String> emails(Answered answer) {
        return answer.json()
                .valueStream()
                .map(e -> e.path("email").stringValue())
                .toList();
    }

    @Test
    void givenAddresses_thenTheyAreAddedRemovedAndShown() {
        Answered added = other.post("/user/emails", "{\"emails\":[\"a@example.org\",\"b@example.org\"]}");
        assertThat(added.status()).isEqualTo(201);
        List<String> all = emails(added);
        assertThat(all).endsWith("a@example.org", "b@example.org");
        assertThat(emails(other.post("/user/emails", "[\"c@example.org\"]"))).endsWith("c@example.org");
        assertThat(added.json().get(0).path("primary").booleanValue()).isTrue();
        assertThat(node.call("DELETE", "/user/emails", other.token(), "[\"b@example.org\"]")
                        .status())
                .isEqualTo(204);
        assertThat(node.call("DELETE", "/user/emails", other.token(), "{\"emails\":[\"b@example.org\"]}")
                        .status())
                .isEqualTo(404);
        assertThat(node.call("DELETE", "/user/emails", other.token(), "[\"" + all.getFirst() + "\"]")
                        .status())
                .isEqualTo(422);
        assertThat(other.post("/user/emails", "[\"nowhere\"]").status()).isEqualTo(422);
        JsonNode shown = other.patch("/user/email/visibility", "{\"visibility\":\"public\"}")
                .json();
        assertThat(shown.size()).isEqualTo(1);
        assertThat(shown.get(0).path("visibility").stringValue()).isEqualTo("public");
        assertThat(other.patch("/user", "{}").json().path("email").stringValue())
                .isEqualTo(all.getFirst());
        other.patch("/user/email/visibility", "{\"visibility\":\"private\"}");
        assertThat(other.patch("/user", "{}").json().path("email").isNull()).isTrue();
    }

    @Test
    void givenAMember_thenTheyAloneDecideWhoSeesIt() {
        String path = "/orgs/" + node.newOrganization(owner) + "/public_members/";
        assertThat(owner.delete(path + owner.login()).status()).isEqualTo(204);
        assertThat(owner.put(path + owner.login(), null).status()).isEqualTo(204);
        assertThat(other.put(path + owner.login(), null).status()).isEqualTo(403);
        assertThat(other.put(path + other.login(), null).status()).isEqualTo(404);
    }

    @Test
    void givenAMember_whenMadeAnOutsideCollaborator_thenTheirOwnRightsStay() {
        String organization = node.newOrganization(owner);
        String name = node.newLogin();
        owner.post("/orgs/" + organization + "/repos", "{\"name\":\"" + name + "\",\"private\":true}");
        String inside = "/repos/" + organization + "/" + name;
        owner.put("/orgs/" + organization + "/memberships/" + other.login(), null);
        owner.put(inside + "/collaborators/" + other.login(), "{\"permission\":\"push\"}");
        String outside = "/orgs/" + organization + "/outside_collaborators/";

        assertThat(owner.delete(outside + other.login()).status())
                .as("a member is none")
                .isEqualTo(422);
        assertThat(owner.put(outside + other.login(), null).status()).isEqualTo(204);
        assertThat(owner.put(outside + other.login(), null).status()).isEqualTo(403);
        assertThat(owner.put(outside + owner.login(), null).status())
                .as("the last admin stays")
                .isEqualTo(403);
        assertThat(other.post(inside + "/labels", "{\"name\":\"mine\"}").status())
                .isEqualTo(201);
        assertThat(owner.delete(outside + other.login()).status()).isEqualTo(204);
        assertThat(other.post(inside + "/labels", "{\"name\":\"mine too\"}").status())
                .isEqualTo(404);
    }
}
