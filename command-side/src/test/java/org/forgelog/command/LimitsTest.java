package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.forgelog.command.CommandNode.User;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private final CommandNode node = CommandNode.shared();

    @Test
    void givenFieldsAtTheirLimits_thenTheyAreTakenAsTheyAre() {
        User owner = node.newUser();
        String repository = owner.repository("a".repeat(100));
        String title = "😀".repeat(256);
        String body = "é".repeat(65_536);

        Answered issue = owner.post(repository + "/issues", "{\"title\":\"" + title + "\",\"body\":\"" + body + "\"}");

        assertThat(issue.status()).isEqualTo(201);
        assertThat(issue.json().get("title").stringValue()).isEqualTo(title);
        assertThat(issue.json().get("body").stringValue()).isEqualTo(body);
    }

    @Test
    void givenNoBodyWhereNoFieldIsRequired_thenThatIsFineWhateverTheContentType() {
        User owner = node.newUser();
        owner.repository("plain");
        String form = "application/x-www-form-urlencoded";

        assertThat(owner.put("/user/starred/" + owner.login() + "/plain", null, "Content-Type", "text/plain")
                        .status())
                .isEqualTo(204);
        assertThat(owner.patch("/user", "", "Content-Type", form).status()).isEqualTo(200);
        assertThat(owner.patch("/user", "{\"name\":\"curl -d\"}", "Content-Type", form)
                        .json()
                        .get("name")
                        .stringValue())
                .isEqualTo("curl -d");
        assertThat(owner.post("/user/repos", "{\"name\":\"formed\"}", "Content-Type", form)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void givenManyTokens_thenAnAccountHasAHundredAndNoMore() {
        User user = node.newUser();
        for (int i = 1; i < 100; i++) {
            node.token(user.login());
        }
        String tokens = "/admin/users/" + user.login() + "/authorizations";
        Answered refused = node.post(tokens, CommandNode.ADMIN, "{\"scopes\":[]}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.fieldError()).isEqualTo("token:custom");
        node.delete(tokens, CommandNode.ADMIN);
        assertThat(node.post(tokens, CommandNode.ADMIN, "{\"scopes\":[]}").status())
                .isEqualTo(201);
    }
}
