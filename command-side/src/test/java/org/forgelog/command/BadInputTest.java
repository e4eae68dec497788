package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.forgelog.command.CommandNode.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in: a clear error, nothing stored. */
@Isolated("counts the events of a node that others use, too")
class BadInputTest {

    private static final CommandNode node = CommandNode.shared();
    private static User owner;
    private static String repository;
    private long before;

    @BeforeAll
    static void aRepositoryWithAnIssueAndAPullRequest() {
        owner = node.newUser();
        repository = owner.repository("target");
        owner.post(repository + "/issues", "{\"title\":\"x\"}");
        owner.post(repository + "/pulls", "{\"title\":\"x\",\"head\":\"f\",\"base\":\"main\"}");
    }

    @BeforeEach
    void count() {
        before = node.events();
    }

    @AfterEach
    void nothingWasStored() {
        assertThat(node.events()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"title\":}", "nonsense", "{\"title\":\"x\"", "[", "\"", "{\"a\":1}}"})
    void givenMalformedJson_then400(String body) {
        Answered answer = owner.post(repository + "/issues", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("message").stringValue()).isEqualTo("Problems parsing JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "5", "\"text\"", "null", "true"})
    void givenJsonThatIsNoObject_then400(String body) {
        assertThat(owner.post(repository + "/issues", body).status()).isEqualTo(400);
    }

    /** Overlong forms of {@code /}, half a surrogate pair, and a byte that begins nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"c0af", "e080af", "eda080", "ff", "c3"})
    void givenBytesThatAreNotUtf8_then400(String bytes) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("{\"title\":\"x".getBytes(StandardCharsets.UTF_8));
        body.writeBytes(HexFormat.of().parseHex(bytes));
        body.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(node.url() + repository + "/issues"))
                .header("Authorization", "token " + owner.token())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void givenNestingWithoutEnd_then400() {
        assertThat(owner.post(repository + "/issues", "{\"title\":" + "[".repeat(5000))
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST  | /user/repos | {} | name:missing_field",
                "POST  | /user/repos | {\"name\":null} | name:missing_field",
                "POST  | /user/repos | {\"name\":5} | name:invalid",
                "POST  | /user/repos | {\"name\":\"\"} | name:missing_field",
                "POST  | /user/repos | {\"name\":\"a#b\"} | name:invalid",
                "POST  | /user/repos | {\"name\":\"a/b\"} | name:invalid",
                "POST  | /user/repos | {\"name\":\"..\"} | name:invalid",
                "POST  | /user/repos | {\"name\":\"a b\"} | name:invalid",
                "POST  | /user/repos | {\"name\":\"a\\u0007b\"} | name:invalid",
                "POST  | /user/repos | {\"name\":\"имя\"} | name:invalid",
                "POST  | /user/repos | {\"name\":\"target\"} | name:already_exists",
                "POST  | /user/repos | {\"name\":\"a\",\"private\":\"yes\"} | private:invalid",
                "POST  | /user/repos | {\"name\":\"a\",\"has_wiki\":1} | has_wiki:invalid",
                "POST  | /user/repos | {\"name\":\"a\",\"visibility\":\"secret\"} | visibility:invalid",
                "POST  | /user/repos | {\"name\":\"a\",\"description\":\"\\ud800\"} | description:invalid",
                "POST  | /user/repos | {\"name\":\"a\",\"merge_commit_title\":\"X\"} | merge_commit_title:invalid",
                "PATCH | $ | {\"default_branch\":\"a b\"} | default_branch:invalid",
                "PATCH | $ | {\"name\":{}} | name:invalid",
                "PATCH | $ | {\"archived\":\"true\"} | archived:invalid",
                "POST  | $/issues | {} | title:missing_field",
                "POST  | $/issues | {\"title\":\"   \"} | title:missing_field",
                "POST  | $/issues | {\"title\":[\"x\"]} | title:invalid",
                "POST  | $/issues | {\"title\":\"x\",\"body\":1} | body:invalid",
                "POST  | $/issues | {\"title\":\"x\",\"body\":\"a\\u0000\"} | body:invalid",
                "PATCH | $/issues/1 | {\"state\":\"ajar\"} | state:invalid",
                "PATCH | $/issues/1 | {\"state\":true} | state:invalid",
                "PATCH | $/issues/1 | {\"title\":null} | title:missing_field",
                "POST  | $/pulls | {\"title\":\"x\"} | head:missing_field",
                "POST  | $/pulls | {\"title\":\"x\",\"head\":\"main\",\"base\":\"main\"} | head:custom",
                "POST  | $/pulls | {\"title\":\"x\",\"head\":\"a..b\",\"base\":\"main\"} | head:invalid",
                "POST  | $/pulls | {\"title\":\"x\",\"head\":\"a\",\"base\":\"~\"} | base:invalid",
                "POST  | $/pulls | {\"title\":\"x\",\"head\":\"a\",\"base\":\"b\",\"draft\":\"no\"} | draft:invalid",
                "PUT   | $/pulls/1/merge | {\"merge_method\":\"octopus\"} | merge_method:invalid",
                "PUT   | $/pulls/1/merge | {\"sha\":5} | sha:invalid",
                "PATCH | /user | {\"email\":\"nobody\"} | email:invalid",
                "PATCH | /user | {\"hireable\":\"yes\"} | hireable:invalid",
                "PATCH | /user | {\"name\":\"a\\nb\"} | name:invalid"
            })
    void givenAWrongField_then422NamesItAndTheFault(String method, String path, String body, String error) {
        Answered answer = node.call(method.strip(), path.strip().replace("$", repository), owner.token(), body);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("message").stringValue()).isEqualTo("Validation Failed");
        assertThat(answer.fieldError()).isEqualTo(error);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | login:missing_field",
                "{\"login\":7} | login:invalid",
                "{\"login\":\"-a\"} | login:invalid",
                "{\"login\":\"a--b\"} | login:invalid",
                "{\"login\":\"a_b\"} | login:invalid",
                "{\"login\":\"ünal\"} | login:invalid",
                "{\"login\":\"fine\",\"email\":\"x\"} | email:invalid",
                "{\"login\":\"fine\",\"suspended\":0} | suspended:invalid"
            })
    void givenAWrongUser_then422NamesItAndTheFault(String body, String error) {
        assertThat(node.post("/admin/users", CommandNode.ADMIN, body).fieldError())
                .isEqualTo(error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"scopes\":\"repo\"}",
                "{\"scopes\":[5]}",
                "{\"scopes\":[\"\"]}",
                "{\"scopes\":[],\"note\":\"a\\u0000\"}"
            })
    void givenAWrongToken_then422(String body) {
        assertThat(node.post("/admin/users/" + owner.login() + "/authorizations", CommandNode.ADMIN, body)
                        .status())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "9223372036854775808",
                "9007199254740992",
                "9007199254740991",
                "x",
                "1.5",
                "%20",
                "1%00",
                "%D9%A1",
                "01",
                "+1",
                "2"
            })
    void givenANumberThatIsNone_then404(String number) {
        assertThat(owner.patch(repository + "/issues/" + number, "{}").status()).isIn(400, 404);
        assertThat(owner.patch(repository + "/pulls/" + number, "{}").status()).isIn(400, 404);
        assertThat(owner.put(repository + "/pulls/" + number + "/merge", "{}").status())
                .isIn(400, 404);
        assertThat(owner.patch("/repositories/" + number + "9999", "{}").status())
                .isIn(400, 404);
        assertThat(node.delete("/admin/users/" + owner.login() + "/authorizations/" + number, CommandNode.ADMIN)
                        .status())
                .isIn(400, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/repos/%2e%2e/x",
                "/repos/a%2Fb/x",
                "/repos/a/%23",
                "/repos/a/b%20c",
                "/repos/a/%D0%B8",
                "/repos/a'--/x",
                "/nowhere",
                "/repos",
                "/repos/a/b/c/d/e/f"
            })
    void givenAPathThatNamesNothing_then404AsJson(String path) {
        Answered answer = owner.patch(path, "{}");
        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.json().get("message")).isNotNull();
    }

    @Test
    void givenAMethodThatIsNotServed_then404() {
        assertThat(owner.put(repository + "/issues", "{}").status()).isEqualTo(404);
        assertThat(node.call("GET", repository + "/issues", owner.token(), null).status())
                .isEqualTo(404);
    }

    @Test
    void givenABodyOf10Megabytes_then413() {
        assertThat(owner.post(repository + "/issues", "{\"title\":\"" + "x".repeat(10 << 20) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({"title, 257", "body, 65537"})
    void givenAFieldOneOverItsLimit_then422(String field, int length) {
        String text = "é".repeat(length);
        String body =
                field.equals("title") ? "{\"title\":\"" + text + "\"}" : "{\"title\":\"x\",\"body\":\"" + text + "\"}";
        assertThat(owner.post(repository + "/issues", body).fieldError()).isEqualTo(field + ":custom");
    }
}
