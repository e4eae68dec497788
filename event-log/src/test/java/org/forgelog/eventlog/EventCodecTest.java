package org.forgelog.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.comment.CommentEvent;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.comment.CommentPlace;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.issue.CloseReason;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.repository.Numbering;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.domain.repository.RepositoryId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Golden files hold every event as it is stored; they may gain files, never change ones. Run with {@code
 * -Dgolden.write=true} to write those that are missing.
 */
class EventCodecTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    private final EventCodec codec = new EventCodec();

    static Stream<DomainEvent> events() {
        return SampleEvents.ALL.stream();
    }

    @Test
    void everyStoredTypeHasASample() {
        assertThat(SampleEvents.ALL.stream().map(e -> codec.encode(e).type()).collect(Collectors.toSet()))
                .isEqualTo(EventTypes.aliases());
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventIsStoredAsItsGoldenFileSays(DomainEvent event) throws IOException {
        EventCodec.Encoded encoded = codec.encode(event);
        Path file = GOLDEN.resolve(encoded.type() + "." + encoded.revision() + ".json");
        if (Boolean.getBoolean("golden.write") && Files.notExists(file)) {
            Files.writeString(file, encoded.json() + "\n");
        }
        assertThat(encoded.json()).isEqualTo(Files.readString(file).strip());
    }

    @ParameterizedTest
    @MethodSource("events")
    void aStoredEventIsReadBackAsItWas(DomainEvent event) {
        EventCodec.Encoded encoded = codec.encode(event);
        assertThat(codec.decode(encoded.type(), encoded.revision(), encoded.json()))
                .isEqualTo(event);
    }

    @Test
    void anOlderRevisionIsReadThroughItsUpcaster() throws IOException {
        String before = Files.readString(GOLDEN.resolve("issue-closed.1.json"));
        assertThat(codec.decode("issue-closed", 1, before))
                .isInstanceOfSatisfying(IssueEvent.IssueClosed.class, e -> assertThat(e.reason())
                        .isEqualTo(CloseReason.COMPLETED));
    }

    @Test
    void aRepositoryCreatedBeforeThereWereForksIsNone() throws IOException {
        String before = Files.readString(GOLDEN.resolve("repository-created.1.json"));
        assertThat(codec.decode("repository-created", 1, before))
                .isInstanceOfSatisfying(RepositoryEvent.RepositoryCreated.class, e -> assertThat(e.fork())
                        .isNull());
    }

    @Test
    void aRepositoryCreatedBeforeNumberingWasChosenNumbersApart() throws IOException {
        String before = Files.readString(GOLDEN.resolve("repository-created.2.json"));
        assertThat(codec.decode("repository-created", 2, before))
                .isInstanceOfSatisfying(RepositoryEvent.RepositoryCreated.class, e -> assertThat(e.numbering())
                        .isEqualTo(Numbering.SEPARATE));
    }

    @ParameterizedTest
    @CsvSource({
        "issue-closed, 2",
        "issue-reopened, 1",
        "pull-request-closed, 1",
        "pull-request-reopened, 1",
        "pull-request-merged, 1",
        "pull-request-merged, 2",
        "pull-request-edited, 1"
    })
    void whatWasStoredBeforeEventsSaidMoreIsStillRead(String type, int revision) throws IOException {
        String before = Files.readString(GOLDEN.resolve(type + "." + revision + ".json"));
        assertThat(codec.encode(codec.decode(type, revision, before)).json()).isEqualTo(before.strip());
    }

    @Test
    void anIssueEditedBeforeOldTitlesWereKeptHasNone() throws IOException {
        String before = Files.readString(GOLDEN.resolve("issue-edited.1.json"));
        assertThat(codec.decode("issue-edited", 1, before))
                .isInstanceOfSatisfying(IssueEvent.IssueEdited.class, e -> assertThat(e.oldTitle())
                        .isNull());
    }

    @Test
    void aCommentOnTheWholeAndALockWithoutAReasonAreReadBackToo() {
        Instant at = Instant.parse("2026-02-03T04:05:06.789Z");
        RepositoryId repository = new RepositoryId(3);
        CommentPlace place = new CommentPlace(repository, ConversationKind.ISSUE, 1, 4);
        List.of(
                        new CommentEvent.CommentWritten(
                                new CommentId(8), place, new AccountId(1), "Yes.", null, null, at),
                        new IssueEvent.IssueLocked(repository, 1, null, new AccountId(1), at))
                .forEach(this::aStoredEventIsReadBackAsItWas);
    }

    @Test
    void whatCannotBeReadIsRefusedNeverSkipped() {
        String json = codec.encode(SampleEvents.ALL.getFirst()).json();
        List.<Runnable>of(
                        () -> codec.decode("never-heard-of", 1, json),
                        () -> codec.decode("account-registered", 2, json),
                        () -> codec.decode("account-registered", 0, json),
                        () -> codec.decode("account-registered", 1, "{\"account_id\":1}"),
                        () -> codec.decode("account-registered", 1, json.replace("\"login\"", "\"nickname\"")),
                        () -> codec.decode("account-registered", 1, "not json"))
                .forEach(read -> assertThatThrownBy(read::run).isInstanceOf(UnreadableEventException.class));
    }
}
