package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.forgelog.domain.DomainEvent;
import org.forgelog.query.QueryService.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every list, empty, of one entry, just full, just over, and long; and entries too large for one query. */
@Order(3)
class PagingTest {

    private static final int[] SIZES = {0, 1, 30, 31, 1_250};
    private static final long HEAVY = 900;
    private static final long WIDE = 901;
    private static final long HUGE = 902;
    private static final String LONGEST_BODY = "\uD83D\uDC19".repeat(65_536);

    private static QueryService service;

    @BeforeAll
    static void start() {
        List<DomainEvent> events = new ArrayList<>();
        events.add(EventFixtures.registered(1, "owner"));
        events.add(EventFixtures.registered(2, "novelist"));
        for (int i = 0; i < SIZES.length; i++) {
            forgeOf(events, i, SIZES[i]);
        }
        events.add(EventFixtures.created(HEAVY, 1, "owner", "heavy"));
        events.add(EventFixtures.created(WIDE, 1, "owner", "wide"));
        events.add(EventFixtures.created(HUGE, 1, "owner", "huge"));
        for (int n = 1; n <= 70; n++) {
            events.add(EventFixtures.issue(HUGE, n, 2, "issue " + n, LONGEST_BODY));
        }
        for (int n = 1; n <= 120; n++) {
            events.add(EventFixtures.issue(HEAVY, n, 1, "issue " + n, "y".repeat(60_000)));
        }
        for (int n = 1; n <= 600; n++) {
            events.add(EventFixtures.issue(WIDE, n, 1, "issue " + n, "z".repeat(4_000)));
        }
        service = QueryService.startWith(events);
        service.log().token(1, "owner", "owner-token");
        service.await();
    }

    /** A user with so many of everything, and a repository with so many of everything. */
    private static void forgeOf(List<DomainEvent> events, int index, int size) {
        long account = 10 + index;
        long repository = 100 + index;
        events.add(EventFixtures.registered(account, "user-" + index));
        events.add(EventFixtures.created(repository, 1, "owner", "repo-" + index));
        for (int n = 1; n <= size; n++) {
            long other = 1_000_000L * (index + 1) + n;
            events.add(EventFixtures.registered(other, "fan-" + index + "-" + n));
            events.add(EventFixtures.forked(other, account, "user-" + index, "r" + n, repository, repository));
            events.add(EventFixtures.issue(repository, n, account, "issue " + n));
            events.add(EventFixtures.starred(other, repository));
            events.add(EventFixtures.label(repository, other, "label " + n));
            events.add(EventFixtures.starred(account, other));
        }
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    static Stream<Arguments> lists() {
        return Stream.of(
                        "/repos/owner/repo-%d/issues",
                        "/repos/owner/repo-%d/issues?state=all&direction=asc",
                        "/repos/owner/repo-%d/issues?sort=updated",
                        "/repos/owner/repo-%d/activity",
                        "/repos/owner/repo-%d/stargazers",
                        "/repos/owner/repo-%d/labels",
                        "/repos/owner/repo-%d/forks",
                        "/repos/owner/repo-%d/forks?sort=oldest",
                        "/repos/owner/repo-%d/forks?sort=stargazers",
                        "/users/user-%d/managed",
                        "/users/user-%d/managed?state=open",
                        "/users/user-%d/starred",
                        "/users/user-%d/owned",
                        "/users/user-%d/repos",
                        "/users/user-%d/repos?sort=created",
                        "/users/user-%d/repos?sort=updated&direction=asc")
                .flatMap(path -> Stream.of(0, 1, 2, 3).map(i -> Arguments.of(String.format(path, i), SIZES[i])));
    }

    static Stream<Arguments> longLists() {
        return lists().filter(a -> ((Integer) a.get()[1]) == 31)
                .map(a -> Arguments.of(((String) a.get()[0]).replaceFirst("-3", "-4"), SIZES[4]));
    }

    private static List<JsonNode> entries(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode json = answer.json();
        JsonNode array = json.isArray() ? json : json.has("entries") ? json.path("entries") : json.path("repositories");
        return array.valueStream().toList();
    }

    private static List<Long> walk(Answer first, String rel) {
        List<Long> ids = new ArrayList<>();
        Answer answer = first;
        while (true) {
            entries(answer).forEach(e -> ids.add(e.path("id").asLong()));
            var link = answer.link(rel);
            if (link.isEmpty()) {
                return ids;
            }
            answer = service.get(link.get());
        }
    }

    @ParameterizedTest
    @MethodSource("lists")
    void aListHasEachEntryOnceAndLinksOnlyWhereThereIsMore(String path, int size) {
        Answer first = service.get(path);
        assertThat(entries(first)).hasSize(Math.min(30, size));
        assertThat(first.link("next").isPresent()).isEqualTo(size > 30);
        assertThat(first.link("prev")).isEmpty();
        List<Long> all = walk(first, "next");
        assertThat(all).hasSize(size).doesNotHaveDuplicates();
        if (size > 30) {
            Answer last = service.get(first.link("next").orElseThrow());
            assertThat(entries(last)).hasSize(size - 30);
            assertThat(last.link("first")).isPresent();
            Answer back = service.get(last.link("prev").orElseThrow());
            assertThat(back.text()).isEqualTo(first.text());
            assertThat(back.link("prev")).isEmpty();
            assertThat(service.get(last.link("first").orElseThrow()).text()).isEqualTo(first.text());
        }
    }

    @ParameterizedTest
    @MethodSource("longLists")
    void aLongListIsWalkedToItsEndAndByPagesOfItsFirstThousand(String path, int size) {
        String sep = path.contains("?") ? "&" : "?";
        List<Long> all = walk(service.get(path + sep + "per_page=100"), "next");
        assertThat(all).hasSize(size);
        assertThat(new HashSet<>(all)).hasSize(size);
        List<Long> tenth = entries(service.get(path + sep + "per_page=100&page=11")).stream()
                .map(e -> e.path("id").asLong())
                .toList();
        assertThat(tenth).isEqualTo(all.subList(1_000, 1_100));
        assertThat(service.get(path + sep + "per_page=100&page=12").status()).isEqualTo(422);
    }

    @Test
    void pagesAreCountedAsGitHubCountsThem() {
        String path = "/repos/owner/repo-3/issues";
        assertThat(entries(service.get(path + "?per_page=1000"))).hasSize(31);
        assertThat(entries(service.get(path + "?page=0&per_page=5"))).hasSize(5);
        assertThat(entries(service.get(path + "?page=-3"))).hasSize(30);
        assertThat(entries(service.get(path + "?page=2"))).hasSize(1);
        assertThat(entries(service.get(path + "?page=3"))).isEmpty();
        assertThat(entries(service.get(path + "?per_page=x"))).hasSize(30);
        assertThat(service.get(path + "?page=99999999999999").status()).isEqualTo(422);
        Answer middle = service.get(path + "?per_page=10&page=2");
        assertThat(middle.link("next")).isPresent();
        assertThat(walk(service.get(middle.link("prev").orElseThrow()), "prev"))
                .isEqualTo(entries(service.get(path + "?per_page=10")).stream()
                        .map(e -> e.path("id").asLong())
                        .toList());
        assertThat(middle.link("next").orElseThrow()).contains("per_page=10", "&page=3&");
        assertThat(middle.link("prev").orElseThrow()).contains("&page=1&");
        assertThat(middle.link("first").orElseThrow()).endsWith("per_page=10&page=1");
    }

    @ParameterizedTest
    @CsvSource({
        "/repos/owner/repo-3/issues?per_page=10, 4",
        "/repos/owner/repo-3/stargazers?per_page=10, 4",
        "/repos/owner/repo-3/issues?per_page=100,",
        "/repos/owner/repo-3/issues?per_page=10&state=all,",
        "/repos/owner/repo-3/issues?per_page=10&page=4,"
    })
    void theLastPageIsToldWhereSomethingCountsThem(String path, String last) {
        assertThat(service.get(path).link("last").map(link -> link.replaceAll(".*[?&]page=", "")))
                .isEqualTo(java.util.Optional.ofNullable(last));
    }

    @Test
    void aCursorGoesOnWithPagesOfAnotherSize() {
        String path = "/repos/owner/repo-3/issues";
        Answer first = service.get(path + "?per_page=10");
        String other = first.link("next").orElseThrow().replace("per_page=10", "per_page=7");
        List<Long> all = entries(service.get(path + "?per_page=100")).stream()
                .map(e -> e.path("id").asLong())
                .toList();
        assertThat(walk(service.get(other), "next")).isEqualTo(all.subList(10, 31));
    }

    @Test
    void whatIsAnEmptyPageLeadsBack() {
        Answer past = service.get("/repos/owner/repo-3/issues?page=3");
        assertThat(past.link("prev").orElseThrow()).endsWith("?page=2");
        assertThat(past.link("next")).isEmpty();
    }

    @Test
    void entriesOf60KilobytesComeWholeAndAll() {
        Answer answer = service.get("/repos/owner/heavy/issues?per_page=100");
        assertThat(entries(answer))
                .hasSize(100)
                .allSatisfy(e -> assertThat(e.path("body").asString()).hasSize(60_000));
        assertThat(entries(service.get(answer.link("next").orElseThrow()))).hasSize(20);
        assertThat(service.get("/repos/owner/heavy/issues/7")
                        .json()
                        .path("body")
                        .asString())
                .hasSize(60_000);
        assertThat(entries(service.get("/users/owner/managed?per_page=100"))).hasSize(100);
    }

    @Test
    void whatDynamoDbDoesNotGetRoundToIsAskedForAgain() {
        Answer answer = service.get("/repos/owner/huge/issues?per_page=100");
        assertThat(entries(answer))
                .hasSize(70)
                .allSatisfy(e -> assertThat(e.path("body").asString()).isEqualTo(LONGEST_BODY));
        assertThat(answer.rounds()).isGreaterThan(2);
    }

    @Test
    void aQueryThatStopsAtOneMegabyteGoesOn() {
        List<Long> numbers = entries(service.get("/repos/owner/wide/issues?per_page=100&page=6")).stream()
                .map(e -> e.path("number").asLong())
                .toList();
        assertThat(numbers).hasSize(100).startsWith(100L).endsWith(1L);
    }

    @Test
    void aFilteredPageKeepsAskingUntilItIsFull() {
        Answer answer = service.get("/repos/owner/repo-4/issues?since=2100-01-01T00:00:00Z");
        assertThat(entries(answer)).isEmpty();
        assertThat(answer.link("next")).isEmpty();
        service.log().append(EventFixtures.edited(104, 1, "the oldest, changed", null));
        service.await();
        Answer one = service.get("/repos/owner/repo-4/issues?since="
                + service.get("/repos/owner/repo-4/issues/1")
                        .json()
                        .path("updated_at")
                        .asString());
        assertThat(entries(one)).hasSize(1);
    }

    @Test
    void allIsOrderedByTimeAcrossStates() {
        service.log().append(EventFixtures.closed(103, 5, 1), EventFixtures.closed(103, 20, 1));
        service.await();
        List<String> created = new ArrayList<>();
        Answer answer = service.get("/repos/owner/repo-3/issues?state=all&per_page=7");
        while (true) {
            entries(answer).forEach(e -> created.add(e.path("created_at").asString()));
            if (answer.link("next").isEmpty()) {
                break;
            }
            answer = service.get(answer.link("next").get());
        }
        assertThat(created).hasSize(31).isSortedAccordingTo(Comparator.reverseOrder());
        service.log().append(EventFixtures.reopened(103, 5, 1), EventFixtures.reopened(103, 20, 1));
        service.await();
    }
}
