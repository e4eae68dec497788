package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.forgelog.command.CommandNode.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reactions to issues, pull requests and comments. */
@Isolated("counts the events of a node that others use, too")
class ReactionsTest {

    private static final String HEART = "{\"content\":\"heart\"}";

    private final CommandNode node = CommandNode.shared();
    private User owner;
    private User fan;
    private User stranger;
    private String repository;

    @BeforeEach
    void anIssueAndAPullRequest() {
        owner = node.newUser();
        fan = node.newUser();
        stranger = node.newUser();
        repository = owner.repository("liked");
        owner.post(repository + "/issues", "{\"title\":\"x\"}");
        owner.post(repository + "/pulls", "{\"title\":\"x\",\"head\":\"f\",\"base\":\"main\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/issues/1", "/pulls/1", "/issues/comments/$", "/pulls/comments/$"})
    void givenAReaction_thenTwiceIsOnceUntilItIsTakenBack(String target) {
        String reactions = repository + comment(target) + "/reactions";
        Answered first = fan.post(reactions, HEART);
        long events = node.events();
        Answered again = fan.post(reactions, HEART);

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.json().get("content").stringValue()).isEqualTo("heart");
        assertThat(first.json().at("/user/login").stringValue()).isEqualTo(fan.login());
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.position()).isEqualTo(first.position());
        assertThat(node.events()).isEqualTo(events);
        long id = id(first);
        assertThat(id(fan.post(reactions, "{\"content\":\"+1\"}"))).isNotEqualTo(id);
        assertThat(id(owner.post(reactions, HEART))).isNotEqualTo(id);
        assertThat(stranger.delete(reactions + "/" + id).status()).isEqualTo(403);
        assertThat(fan.delete(reactions + "/" + id).status()).isEqualTo(204);
        assertThat(fan.delete(reactions + "/" + id).status()).isEqualTo(404);
        Answered anew = fan.post(reactions, HEART);
        assertThat(anew.status()).isEqualTo(201);
        assertThat(id(anew)).isNotEqualTo(id);
        assertThat(owner.delete(reactions + "/" + id(anew)).status()).isEqualTo(204);
    }

    @Test
    void givenAReactionToSomethingElse_then404() {
        long id = id(fan.post(repository + "/issues/1/reactions", HEART));

        assertThat(fan.delete(repository + "/pulls/1/reactions/" + id).status()).isEqualTo(404);
        assertThat(fan.delete(repository + comment("/issues/comments/$") + "/reactions/" + id)
                        .status())
                .isEqualTo(404);
        assertThat(fan.post(repository + "/issues/2/reactions", HEART).status()).isEqualTo(404);
        assertThat(fan.post(repository + "/issues/comments/1/reactions", HEART).status())
                .isEqualTo(404);
        assertThat(fan.delete(repository + "/issues/1/reactions/x").status()).isEqualTo(404);
    }

    @Test
    void givenACommentThatIsDeleted_thenNobodyReactsToIt() {
        String comment = repository + comment("/issues/comments/$");
        fan.post(comment + "/reactions", HEART);
        owner.delete(comment);

        assertThat(fan.post(comment + "/reactions", HEART).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/issues/1", "/pulls/1", "/issues/comments/$", "/pulls/comments/$"})
    void givenALockOrAnArchivedOrHiddenRepository_thenWhatHoldsThere(String target) {
        String reactions = repository + comment(target) + "/reactions";
        long id = id(fan.post(reactions, "{\"content\":\"eyes\"}"));
        String lock = repository + target.substring(0, target.indexOf('/', 1)) + "/1/lock";
        owner.put(lock, null);
        assertThat(fan.post(reactions, HEART).status()).isEqualTo(403);
        assertThat(owner.post(reactions, HEART).status()).isEqualTo(201);
        owner.delete(lock);
        owner.patch(repository, "{\"archived\":true}");
        assertThat(fan.post(reactions, HEART).status()).isEqualTo(403);
        assertThat(fan.delete(reactions + "/" + id).status()).isEqualTo(403);
        owner.patch(repository, "{\"archived\":false,\"private\":true}");
        String elsewhere = "/repos/no/where" + comment(target) + "/reactions";
        assertThat(fan.post(reactions, HEART).text())
                .isEqualTo(fan.post(elsewhere, HEART).text());
        assertThat(fan.delete(reactions + "/" + id).text())
                .isEqualTo(fan.delete(elsewhere + "/" + id).text());
        assertThat(node.post(reactions, null, HEART).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | content:missing_field",
                "{\"content\":\"thumbs\"} | content:invalid",
                "{\"content\":\"HEART\"} | content:invalid",
                "{\"content\":1} | content:invalid",
                "{\"content\":\"\\u0000\"} | content:invalid"
            })
    void givenAWrongContent_then422AndNothingIsStored(String body, String error) {
        long before = node.events();

        assertThat(fan.post(repository + "/issues/1/reactions", body).fieldError())
                .isEqualTo(error);
        assertThat(node.events()).isEqualTo(before);
    }

    /** {@code target} with the id of a new comment for {@code $}. */
    private String comment(String target) {
        if (!target.endsWith("$")) {
            return target;
        }
        String conversation = target.replace("/comments/$", "/1/comments");
        return target.replace("$", Long.toString(id(owner.post(repository + conversation, "{\"body\":\"x\"}"))));
    }

    private static long id(Answered answer) {
        return answer.json().get("id").longValue();
    }
}
