package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.query.EventFixtures.accountDeleted;
import static org.forgelog.query.EventFixtures.assigned;
import static org.forgelog.query.EventFixtures.closed;
import static org.forgelog.query.EventFixtures.collaborator;
import static org.forgelog.query.EventFixtures.collaboratorLeft;
import static org.forgelog.query.EventFixtures.commented;
import static org.forgelog.query.EventFixtures.created;
import static org.forgelog.query.EventFixtures.deleted;
import static org.forgelog.query.EventFixtures.edited;
import static org.forgelog.query.EventFixtures.issue;
import static org.forgelog.query.EventFixtures.label;
import static org.forgelog.query.EventFixtures.labelDeleted;
import static org.forgelog.query.EventFixtures.labelled;
import static org.forgelog.query.EventFixtures.madePrivate;
import static org.forgelog.query.EventFixtures.milestone;
import static org.forgelog.query.EventFixtures.milestoneDeleted;
import static org.forgelog.query.EventFixtures.registered;
import static org.forgelog.query.EventFixtures.renamed;
import static org.forgelog.query.EventFixtures.starred;
import static org.forgelog.query.EventFixtures.transferred;
import static org.forgelog.query.EventFixtures.unassigned;
import static org.forgelog.query.Eventually.until;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.forgelog.domain.Change;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.AccountEvent.ProfileEdited;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.Profile;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.issue.IssueEvent.IssueClosed;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryCreated;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.query.QueryService.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is asked of the past is answered under today's rights; and what cannot be asked. */
class PastRightsTest {

    private static QueryService service;
    private static long next = 1_000;

    private long owner;
    private long other;
    private long repository;
    private String login;
    private String path;

    @BeforeAll
    static void start() {
        service = QueryService.start("forgelog.moments.events=200");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** Two users and a public repository with an issue, for each test its own. */
    @BeforeEach
    void makeARepository() {
        owner = next++;
        other = next++;
        repository = next++;
        login = "owner-" + owner;
        path = "/repos/" + login + "/engine";
        service.log()
                .append(
                        registered(owner, login),
                        registered(other, "other-" + other),
                        created(repository, owner, login, "engine"),
                        issue(repository, 1, other, "Overflow"));
        service.log().token(owner, login, "token-" + owner);
        service.log().token(other, "other-" + other, "token-" + other);
    }

    private static long happens(DomainEvent... events) {
        long head = events.length == 0
                ? service.log().reader().head()
                : service.log().append(events);
        service.await();
        return head;
    }

    private static String at(String path, Object moment) {
        return path + (path.contains("?") ? "&" : "?") + "as_of=" + moment;
    }

    @Test
    void aRepositoryThatIsPrivateNowIsHiddenAtEveryMoment() {
        long moment = happens(starred(other, repository));
        happens(madePrivate(repository, true));
        for (String route :
                List.of(path, path + "/issues", path + "/issues/1", path + "/activity", path + "/stargazers")) {
            assertThat(service.get(at(route, moment)).status()).as(route).isEqualTo(404);
            assertThat(service.get(at(route, moment), "token-" + owner).status())
                    .as(route)
                    .isEqualTo(200);
        }
        assertThat(service.get(at("/users/" + login + "/owned", moment)).json().path("repositories"))
                .isEmpty();
        assertThat(service.get(at("/users/" + login + "/owned", moment), "token-" + owner)
                        .json()
                        .path("repositories"))
                .hasSize(1);
        assertThat(service.get(at("/users/other-" + other + "/managed", moment)).json())
                .isEmpty();
        assertThat(service.get(at("/users/other-" + other + "/starred", moment)).json())
                .isEmpty();
    }

    @Test
    void whoHasLostTheirRightsSeesNothingOfThePast() {
        long moment = happens(madePrivate(repository, true), collaborator(repository, other, Permission.WRITE));
        assertThat(service.get(at(path, moment), "token-" + other).status()).isEqualTo(200);
        happens(collaboratorLeft(repository, other));
        assertThat(service.get(at(path, moment), "token-" + other).status()).isEqualTo(404);
    }

    @Test
    void whoHasRightsNowSeesAlsoWhatWasBefore() {
        long moment = happens(madePrivate(repository, true));
        happens(collaborator(repository, other, Permission.READ));
        Answer answer = service.get(at(path + "/issues/1", moment), "token-" + other);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("title").asString()).isEqualTo("Overflow");
    }

    @Test
    void whatItsOwnerDeletedIsShownAtNoMoment() {
        long id = next++;
        long label = next++;
        CommentWritten comment = commented(repository, 1, id, other, "what I said");
        long moment = happens(
                comment,
                label(repository, label, "bug"),
                labelled(repository, 1, label),
                milestone(repository, 1, "first"));
        String asked = at(path + "/issues/comments/" + id, moment);
        assertThat(service.get(asked).status()).isEqualTo(200);
        assertThat(service.get(at(path + "/labels/bug", moment)).status()).isEqualTo(200);
        happens(deleted(comment), labelDeleted(repository, label, "bug"), milestoneDeleted(repository, 1));
        assertThat(service.get(asked).status()).isEqualTo(404);
        assertThat(service.get(at(path + "/issues/1/comments", moment)).json()).isEmpty();
        assertThat(service.get(at(path + "/labels/bug", moment)).status()).isEqualTo(404);
        assertThat(service.get(at(path + "/milestones/1", moment)).status()).isEqualTo(404);
        JsonNode issue = service.get(at(path + "/issues/1", moment)).json();
        assertThat(issue.path("labels")).isEmpty();
        assertThat(issue.path("comments").asInt()).as("what was counted then").isEqualTo(1);
    }

    @Test
    void aDeletedRepositoryWasNeverThere() {
        long moment = happens();
        happens(deleted(repository, owner, login, "engine"));
        assertThat(service.get(at(path, moment), "token-" + owner).status()).isEqualTo(404);
        assertThat(service.get(at("/repositories/" + repository + "/issues/1", moment))
                        .status())
                .isEqualTo(404);
        assertThat(service.get(at("/users/" + login + "/owned", moment)).json().path("repositories"))
                .isEmpty();
    }

    @Test
    void aDeletedAccountIsAGhostAtEveryMoment() {
        long moment = happens();
        happens(accountDeleted(other, "other-" + other));
        assertThat(service.get(at("/users/other-" + other, moment)).status()).isEqualTo(404);
        assertThat(service.get(at(path + "/issues/1", moment))
                        .json()
                        .path("user")
                        .path("login")
                        .asString())
                .isEqualTo("ghost");
    }

    @Test
    void whatWasTakenOutOfTheLogIsInNoMemoryOfThePastEither() throws InterruptedException {
        long written = happens(edited(repository, 1, "Ask @somebody", null));
        happens(edited(repository, 1, "Ask", null));
        String moment = at(path + "/issues/1", written);
        assertThat(service.get(moment).json().path("title").stringValue()).isEqualTo("Ask @somebody");
        EventCodec.Encoded without = new EventCodec().encode(edited(repository, 1, "Ask @ghost", null));
        service.log().rewrite(written, without.type(), without.json());
        service.log().repaired("forgelog", "r:" + repository);
        until(() -> service.get(moment).json().path("title").stringValue().equals("Ask @ghost"));
    }

    @Test
    void anotherViewersTagOfThePastIsNoneForAStranger() {
        long moment = happens();
        happens(madePrivate(repository, true));
        String route = at(path + "/issues/1", moment);
        QueryService.Answer owners = service.get(route, "token-" + owner);
        String tag = owners.header("ETag").orElseThrow();
        assertThat(service.get(route, "token-" + owner, "If-None-Match", tag).status())
                .isEqualTo(304);
        assertThat(service.get(route, null, "If-None-Match", tag).status()).isEqualTo(404);
        assertThat(service.get(route, "token-" + other, "If-None-Match", tag).status())
                .isEqualTo(404);
        assertThat(service.get(route, null, "If-None-Match", "*").status()).isEqualTo(404);
        // Who sees the same has a tag of their own.
        happens(madePrivate(repository, false));
        assertThat(service.get(route, "token-" + other, "If-None-Match", tag).status())
                .isEqualTo(200);
    }

    @Test
    void whoDeletesMuchHidesNoDeletionOfOthers() {
        long moment = happens(commented(repository, 1, repository + 1_000_000, other, "indiscreet"));
        List<DomainEvent> much = new ArrayList<>();
        for (int i = 1; i <= 210; i++) {
            CommentWritten comment = commented(repository, 1, repository + 1_000_000 + i, other, "x");
            much.add(comment);
            much.add(deleted(comment));
        }
        happens(much.toArray(DomainEvent[]::new));
        Answer refused = service.get(at(path + "/issues/1/comments", moment));
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.text()).contains("more than 200 events");
    }

    @Test
    void whatWasRenamedIsFoundByBothNames() {
        long moment = happens();
        happens(renamed(repository, login, "engine", "motor"));
        for (String name : List.of("engine", "motor")) {
            Answer answer = service.get(at("/repos/" + login + "/" + name, moment));
            assertThat(answer.status()).as(name).isEqualTo(200);
            assertThat(answer.json().path("name").asString()).isEqualTo("engine");
        }
    }

    @Test
    void aNameLeadsToWhatHadItThen() {
        long moment = happens();
        long successor = next++;
        happens(renamed(repository, login, "engine", "motor"), created(successor, owner, login, "engine"));
        assertThat(service.get(path).json().path("id").asLong()).isEqualTo(successor);
        assertThat(service.get(at(path, moment)).json().path("id").asLong()).isEqualTo(repository);
    }

    @Test
    void aLoginLeadsToWhoHadItThen() {
        long moment = happens();
        long successor = next++;
        happens(renamed(other, "other-" + other, "else-" + other), registered(successor, "other-" + other));
        assertThat(service.get(at("/users/other-" + other, moment))
                        .json()
                        .path("id")
                        .asLong())
                .isEqualTo(other);
        assertThat(service.get(at("/users/else-" + other, moment))
                        .json()
                        .path("login")
                        .asString())
                .isEqualTo("other-" + other);
    }

    @Test
    void whatWasGivenAwayWasOwnedBefore() {
        long moment = happens();
        happens(transferred(repository, owner, login, other, "other-" + other, "engine"));
        JsonNode then = service.get(at("/users/" + login + "/owned", moment)).json();
        assertThat(then.path("repositories")).hasSize(1);
        assertThat(then.path("account").path("public_repos").asInt()).isEqualTo(1);
        assertThat(service.get(at("/users/other-" + other + "/owned", moment))
                        .json()
                        .path("repositories"))
                .isEmpty();
    }

    @Test
    void whatSomebodyTellsOfThemselvesIsShownAsLongAsTheyDo() {
        happens(profile(other, "Ada", "London"));
        long moment = happens();
        happens(profile(other, "Ada King", null));
        JsonNode then = service.get(at("/users/other-" + other, moment)).json();
        assertThat(then.path("name").asString()).isEqualTo("Ada");
        assertThat(then.path("location").isNull()).isTrue();
    }

    private static ProfileEdited profile(long account, String name, String location) {
        return new ProfileEdited(
                new AccountId(account),
                new Profile.Changes(Change.to(name), null, null, null, null, Change.to(location), null, null, null),
                EventFixtures.now());
    }

    @Test
    void aTimeIsAsGoodAsAPosition() throws InterruptedException {
        long before = happens();
        Instant time = service.log().reader().now();
        happens(closed(repository, 1, other));
        // Whoever is in the middle of a transaction may still append something that is dated before.
        Eventually.until(() -> service.get(at(path + "/issues/1", time)).status() == 200);
        JsonNode then = service.get(at(path + "/issues/1", time)).json();
        assertThat(then.path("state").asString()).isEqualTo("open");
        assertThat(then).isEqualTo(service.get(at(path + "/issues/1", before)).json());
        assertThat(service.get(at(path + "/issues/1", service.position(before))).json())
                .isEqualTo(then);
        assertThat(service.get(at(path + "/issues/1", "2001-01-01")).status()).isEqualTo(404);
    }

    @Test
    void whatWasImportedIsThereFromWhenItHappened() {
        long imported = next++;
        RepositoryCreated created = created(imported, owner, login, "old");
        IssueOpened opened = issue(imported, 1, other, "Ancient");
        IssueClosed closed = closed(imported, 1, other);
        List<DomainEvent> events = List.of(created, opened, closed);
        service.log().append(events, "{\"imported\": \"another forge\"}");
        long moment = happens() - events.size();
        String issue = "/repos/" + login + "/old/issues/1";
        JsonNode then = service.get(at(issue, opened.openedAt())).json();
        assertThat(then.path("state").asString()).isEqualTo("open");
        assertThat(then.path("user").path("login").asString()).isEqualTo("other-" + other);
        assertThat(service.get(at(issue, closed.closedAt()))
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("closed");
        assertThat(service.get(at(issue, opened.openedAt().minusMillis(1))).status())
                .isEqualTo(404);
        assertThat(service.get(at(issue, moment)).status())
                .as("of the log's order")
                .isEqualTo(404);
    }

    @Test
    void pagesStayAsTheyWereWhileTheListGrows() {
        happens(issue(repository, 2, other, "two"), issue(repository, 3, other, "three"));
        long moment = happens();
        Answer page = service.get(at(path + "/issues?state=all&per_page=2", moment));
        List<Long> numbers = new ArrayList<>();
        page.json().forEach(issue -> numbers.add(issue.path("number").asLong()));
        happens(issue(repository, 4, other, "four"), closed(repository, 1, other), edited(repository, 2, "TWO", null));
        Answer last = service.get(page.link("next").orElseThrow());
        last.json().forEach(issue -> numbers.add(issue.path("number").asLong()));
        assertThat(numbers).containsExactly(3L, 2L, 1L);
        assertThat(last.link("next")).isEmpty();
    }

    @Test
    void whatWouldTakeTooManyEventsIsRefusedWithTheReason() {
        List<DomainEvent> many = new ArrayList<>();
        for (int i = 2; i < 250; i++) {
            many.add(issue(repository, i, other, "many"));
        }
        long moment = happens(many.toArray(DomainEvent[]::new));
        Answer answer = service.get(at(path + "/issues", moment));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("more than 200 events").contains("as_of");
        happens(madePrivate(repository, true));
        assertThat(service.get(at(path + "/issues", moment)).status())
                .as("nobody learns how much there is in what is hidden")
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "999999999", "2999-01-01T00:00:00Z", "2026-13-01T00:00:00Z"})
    void whatIsNoMomentOfThePastIsRefused(String moment) {
        happens();
        assertThat(service.get(at(path, moment)).status()).isEqualTo(422);
    }

    @Test
    void whatConcernedSomebodyThenIsShownAsFarAsTheyMaySeeItNow() {
        long secret = next++;
        long moment = happens(
                assigned(repository, 1, other),
                created(secret, owner, login, "secret"),
                issue(secret, 1, owner, "Plans"),
                assigned(secret, 1, other),
                issue(repository, 2, owner, "Underflow"));
        happens(
                unassigned(repository, 1, other),
                closed(repository, 1, other),
                unassigned(secret, 1, other),
                madePrivate(secret, true));
        String token = "token-" + other;
        assertThat(service.get("/issues?state=all", token).json()).isEmpty();
        for (String route :
                List.of("/issues", "/user/issues", "/issues?filter=created", "/issues?filter=all&sort=updated")) {
            assertThat(titles(service.get(at(route, moment), token))).as(route).containsExactly("Overflow");
        }
        assertThat(titles(service.get(at("/issues?filter=repos", moment), "token-" + owner)))
                .containsExactly("Underflow", "Plans", "Overflow");
        assertThat(service.get(at("/issues", moment)).status()).isEqualTo(401);
    }

    private static List<String> titles(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<String> titles = new ArrayList<>();
        answer.json().forEach(issue -> titles.add(issue.path("title").asString()));
        return titles;
    }

    @Test
    void whatWouldTakeTooManyEventsIsRefusedForWhatConcernsSomebodyToo() {
        List<DomainEvent> many = new ArrayList<>(List.of(assigned(repository, 1, other)));
        for (int i = 2; i < 250; i++) {
            many.add(issue(repository, i, owner, "many"));
        }
        long moment = happens(many.toArray(DomainEvent[]::new));
        assertThat(service.get("/issues", "token-" + other).status()).isEqualTo(200);
        Answer answer = service.get(at("/issues", moment), "token-" + other);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("more than 200 events");
    }

    @Test
    void whatKnowsNoPastSaysSo() {
        happens();
        Answer answer = service.get(at(path + "/events", 1));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("as_of cannot be asked for here");
    }

    @Test
    void anAnswerAboutThePastHasATagOfItsOwn() {
        long moment = happens();
        Answer then = service.get(at(path + "/issues/1", moment));
        String tag = then.header("ETag").orElseThrow();
        assertThat(service.get(at(path + "/issues/1", moment), null, "If-None-Match", tag)
                        .status())
                .isEqualTo(304);
        long later = happens(edited(repository, 1, "Underflow", null));
        assertThat(service.get(at(path + "/issues/1", moment), null, "If-None-Match", tag)
                        .status())
                .isEqualTo(304);
        assertThat(service.get(at(path + "/issues/1", later), null, "If-None-Match", tag)
                        .status())
                .isEqualTo(200);
    }
}
