package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.invitation.Offer;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.query.QueryService.Answer;
import org.forgelog.query.TestTable.Sent;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.ItemCache;
import org.forgelog.query.read.KeysAlong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** What each access pattern costs: the header against what really went over the wire. */
@Order(3)
class CostTest {

    /** The id of what happens in the last event of the log, as its position makes it. */
    private static final long CLOSING = forge().size() * 128L;

    static final Map<AccessPattern, String> ROUTES = new TreeMap<>(Map.ofEntries(
            Map.entry(AccessPattern.ACCOUNT_BY_LOGIN, "/users/octocat"),
            Map.entry(AccessPattern.REPOSITORY_BY_NAME, "/repos/octocat/hello"),
            Map.entry(AccessPattern.OWNED, "/users/octocat/owned"),
            Map.entry(AccessPattern.REPOSITORIES_OF_ACCOUNT, "/users/octocat/repos"),
            Map.entry(AccessPattern.CONVERSATION_BY_NUMBER, "/repos/octocat/hello/issues/7"),
            Map.entry(AccessPattern.MANAGED, "/users/octocat/managed"),
            Map.entry(AccessPattern.ACTIVITY, "/repos/octocat/hello/activity"),
            Map.entry(AccessPattern.CONVERSATIONS_BY_STATE, "/repos/octocat/hello/issues"),
            Map.entry(AccessPattern.STARRED, "/users/octocat/starred"),
            Map.entry(AccessPattern.STARGAZERS, "/repos/octocat/hello/stargazers"),
            Map.entry(AccessPattern.WATCHED, "/users/octocat/subscriptions"),
            Map.entry(AccessPattern.WATCHERS, "/repos/octocat/hello/subscribers"),
            Map.entry(AccessPattern.SUBSCRIPTION, "/repos/octocat/hello/subscription"),
            Map.entry(AccessPattern.EMAILS, "/user/emails"),
            Map.entry(AccessPattern.OUTSIDE_COLLABORATORS, "/orgs/github/outside_collaborators"),
            Map.entry(AccessPattern.TIMELINE_ENTRY, "/repos/octocat/hello/issues/events/" + CLOSING),
            Map.entry(AccessPattern.ISSUES_BY_EDGE, "/repos/octocat/hello/issues?labels=label-1"),
            Map.entry(AccessPattern.ISSUES_ACROSS, "/issues"),
            Map.entry(AccessPattern.FORKS, "/repos/octocat/hello/forks"),
            Map.entry(AccessPattern.LABELS, "/repos/octocat/hello/labels"),
            Map.entry(AccessPattern.LABEL_BY_NAME, "/repos/octocat/hello/labels/label-3"),
            Map.entry(AccessPattern.MILESTONES, "/repos/octocat/hello/milestones"),
            Map.entry(AccessPattern.MILESTONE, "/repos/octocat/hello/milestones/1"),
            Map.entry(AccessPattern.MILESTONE_LABELS, "/repos/octocat/hello/milestones/1/labels"),
            Map.entry(AccessPattern.ASSIGNEES, "/repos/octocat/hello/assignees/octocat"),
            Map.entry(AccessPattern.STAR, "/user/starred/octocat/hello"),
            Map.entry(AccessPattern.REACTIONS, "/repos/octocat/hello/issues/7/reactions"),
            Map.entry(AccessPattern.TIMELINE, "/repos/octocat/hello/issues/7/timeline"),
            Map.entry(AccessPattern.TIMELINE_OF_REPOSITORY, "/repos/octocat/hello/issues/events"),
            Map.entry(AccessPattern.FEED_OF_REPOSITORY, "/repos/octocat/hello/events"),
            Map.entry(AccessPattern.FEED_OF_ACCOUNT, "/users/octocat/events"),
            Map.entry(AccessPattern.FEED_OF_ORGANIZATION, "/orgs/organization-1/events"),
            Map.entry(AccessPattern.FEED_OF_NETWORK, "/networks/octocat/hello/events"),
            Map.entry(AccessPattern.FEED_OF_ALL, "/events?per_page=30"),
            Map.entry(AccessPattern.COMMENTS, "/repos/octocat/hello/issues/7/comments"),
            Map.entry(AccessPattern.COMMENTS_OF_REPOSITORY, "/repos/octocat/hello/pulls/comments"),
            Map.entry(AccessPattern.COMMENT, "/repos/octocat/hello/issues/comments/7001"),
            Map.entry(AccessPattern.REPOSITORIES_OF_SELF, "/user/repos"),
            Map.entry(AccessPattern.MEMBERS, "/orgs/github/members"),
            Map.entry(AccessPattern.MEMBERSHIP, "/orgs/github/memberships/fan-1"),
            Map.entry(AccessPattern.ORGANIZATIONS_OF_USER, "/users/fan-1/orgs"),
            Map.entry(AccessPattern.COLLABORATORS, "/repos/github/inside/collaborators"),
            Map.entry(AccessPattern.COLLABORATOR, "/repos/github/inside/collaborators/fan-1/permission"),
            Map.entry(AccessPattern.INVITATIONS_OF_USER, "/user/repository_invitations"),
            Map.entry(AccessPattern.INVITATIONS, "/repos/octocat/hello/invitations"),
            Map.entry(AccessPattern.ORGANIZATIONS, "/organizations"),
            Map.entry(AccessPattern.USERS, "/users"),
            Map.entry(AccessPattern.PUBLIC_REPOSITORIES, "/repositories")));

    private static QueryService service;

    /** A repository with 40 issues and pull requests each, an account with 40 repositories, 40 stars both ways. */
    static List<DomainEvent> forge() {
        List<DomainEvent> events = new ArrayList<>();
        IssueOpened seventh = null;
        events.add(EventFixtures.registered(1, "octocat"));
        events.add(EventFixtures.registered(2, "torvalds"));
        events.add(EventFixtures.created(10, 1, "octocat", "hello"));
        for (int n = 1; n <= 40; n++) {
            events.add(EventFixtures.registered(100 + n, "fan-" + n));
            events.add(EventFixtures.created(100 + n, 1, "octocat", "repository-" + n));
            events.add(EventFixtures.forked(300 + n, 100 + n, "fan-" + n, "hello", 10, 10));
            events.add(EventFixtures.issue(10, n, 1 + n % 2, "Issue number " + n, "What is wrong. ".repeat(30)));
            if (n == 7) {
                seventh = (IssueOpened) events.getLast();
            }
            events.add(EventFixtures.pull(10, n, 1 + n % 2, "Pull request number " + n));
            events.add(EventFixtures.starred(100 + n, 10));
            events.add(EventFixtures.starred(1, 100 + n));
            events.add(EventFixtures.watched(100 + n, 10));
            events.add(EventFixtures.watched(1, 100 + n));
        }
        for (int n = 1; n <= 40; n++) {
            events.add(EventFixtures.reacted(Objects.requireNonNull(seventh), 6000 + n, 100 + n, ReactionContent.EYES));
            events.add(EventFixtures.closed(10, n, 1));
            events.add(EventFixtures.reopened(10, n, 2));
            events.add(EventFixtures.commented(10, 7, 7000 + n, 1 + n % 2, "I have seen that too. ".repeat(20)));
            events.add(EventFixtures.reviewed(10, 7, 8000 + n, 1 + n % 2, "This line is what does it. ".repeat(17)));
        }
        events.add(EventFixtures.starred(1, 10));
        events.add(EventFixtures.watched(1, 10));
        events.add(EventFixtures.emails(1, "octocat@example.org"));
        events.add(EventFixtures.organization(50, "github"));
        events.add(EventFixtures.member(50, 1, OrganizationRole.ADMIN));
        events.add(EventFixtures.created(600, 50, "github", "inside", true));
        events.add(EventFixtures.created(601, 2, "torvalds", "shared", true));
        events.add(EventFixtures.collaborator(601, 1, Permission.WRITE));
        for (int n = 1; n <= 40; n++) {
            events.add(EventFixtures.label(10, 5_000 + n, "label-" + n));
            events.add(EventFixtures.labelled(10, n, n == 1 ? new long[] {5_001} : new long[] {5_001, 5_000 + n}));
            events.add(EventFixtures.assigned(10, n, 1));
            events.add(EventFixtures.milestone(10, n, "v" + n));
            if (n % 10 == 7) {
                events.add(EventFixtures.milestoned(10, n, 3));
            }
            events.add(EventFixtures.organization(700 + n, "organization-" + n));
            if (n == 1) {
                events.add(EventFixtures.created(603, 701, "organization-1", "open"));
                events.add(EventFixtures.issue(603, 1, 101, "an issue"));
            }
            events.add(EventFixtures.member(700 + n, 101, OrganizationRole.ADMIN));
            events.add(EventFixtures.member(50, 100 + n, OrganizationRole.MEMBER));
            events.add(EventFixtures.collaborator(600, 100 + n, Permission.WRITE));
            events.add(EventFixtures.invited(
                    10_000 + n, 1, Offer.collaboration(new RepositoryId(300 + n), Permission.READ), 100 + n));
            events.add(EventFixtures.invited(
                    11_000 + n, 100 + n, Offer.collaboration(new RepositoryId(10), Permission.READ), 1));
        }
        // The newest of what happened is public, as it mostly is: what is not costs feeds another look.
        for (int n = 1; n <= 40; n++) {
            events.add(EventFixtures.pullCommented(10, 8, 9_000 + n, 1, "Nice. ".repeat(75)));
        }
        events.add(EventFixtures.locked(10, 7, LockReason.RESOLVED));
        return events;
    }

    @BeforeAll
    static void start() {
        // Nothing is answered from memory: what is measured is what a read costs that must ask.
        service = QueryService.start("forgelog.cache.bytes=0");
        service.table().slowReads(Duration.ofMillis(5));
        service.log().append(forge());
        service.log().token(1, "octocat", "octo-token");
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    static String token(AccessPattern pattern) {
        return switch (pattern) {
            case STAR,
                    SUBSCRIPTION,
                    EMAILS,
                    OUTSIDE_COLLABORATORS,
                    ISSUES_ACROSS,
                    REPOSITORIES_OF_SELF,
                    MEMBERSHIP,
                    COLLABORATORS,
                    COLLABORATOR,
                    INVITATIONS,
                    INVITATIONS_OF_USER,
                    STARRED,
                    WATCHED,
                    MANAGED,
                    FEED_OF_ACCOUNT -> "octo-token";
            // What these cost depends on what is hidden, and is told to operators.
            case FEED_OF_REPOSITORY, FEED_OF_ORGANIZATION, FEED_OF_NETWORK, FEED_OF_ALL -> QueryService.ADMIN;
            default -> null;
        };
    }

    /** The cheapest of several reads: names and people are known then. */
    static Answer measured(QueryService of, AccessPattern pattern) {
        return Stream.generate(() -> of.get(ROUTES.get(pattern), token(pattern)))
                .limit(6)
                .min(Comparator.comparingInt(Answer::rounds)
                        .thenComparing(Answer::requests)
                        .thenComparing(Answer::readUnits))
                .orElseThrow();
    }

    private static List<Sent> reads() {
        return service.table().sent().stream()
                .filter(s -> s.request() instanceof BatchGetItemRequest
                        || (s.request() instanceof QueryRequest query && !isOfTheEngine(query)))
                .sorted(Comparator.comparingLong(Sent::fromNanos))
                .toList();
    }

    private static boolean isOfTheEngine(QueryRequest query) {
        String pk = query.expressionAttributeValues().get(":pk").s();
        return pk.equals("SWEEP") || pk.equals("STOP") || pk.equals("PROGRESS");
    }

    /** Requests that overlap are one round. */
    private static int rounds(List<Sent> sent) {
        int rounds = 0;
        long end = Long.MIN_VALUE;
        for (Sent one : sent) {
            if (one.fromNanos() >= end) {
                rounds++;
            }
            end = Math.max(end, one.toNanos());
        }
        return rounds;
    }

    @ParameterizedTest
    @EnumSource(AccessPattern.class)
    void theHeaderTellsWhatWentOverTheWireAndThePatternsRoundsHold(AccessPattern pattern) {
        measured(service, pattern);
        int overWire = Integer.MAX_VALUE;
        int told = 0;
        // Requests of one round may by chance not overlap; the fewest rounds seen are those that had to be.
        for (int i = 0; i < 10 && (i < 2 || overWire > told); i++) {
            service.table().forgetSent();
            Answer answer = service.get(ROUTES.get(pattern), token(pattern));
            List<Sent> sent = reads();
            assertThat(answer.status()).isIn(200, 204);
            assertThat(answer.cost()).startsWith("pattern=" + pattern.number() + ";");
            assertThat(answer.requests()).isEqualTo(sent.size());
            assertThat(answer.rounds()).as(pattern + " warm").isLessThanOrEqualTo(pattern.rounds());
            overWire = Math.min(overWire, rounds(sent));
            told = Math.max(told, answer.rounds());
        }
        assertThat(overWire).isLessThanOrEqualTo(told);
    }

    @Test
    void aNameNotMetBeforeCostsOneRoundMore() {
        service.log()
                .append(EventFixtures.created(500, 1, "octocat", "unmet"), EventFixtures.issue(500, 1, 1, "an issue"));
        service.await();
        assertThat(service.get("/repos/octocat/unmet/issues/1").rounds())
                .as("this node wrote the items, so it has met the names")
                .isEqualTo(1);
        try (QueryService fresh = service.beside("forgelog.cache.bytes=0")) {
            fresh.await();
            assertThat(fresh.get("/repos/octocat/unmet").rounds()).isEqualTo(2);
            assertThat(fresh.get("/repos/octocat/unmet").rounds()).isEqualTo(1);
            assertThat(fresh.get("/repos/octocat/unmet/issues/1").rounds()).isEqualTo(1);
            assertThat(fresh.get("/repos/octocat/hello/issues/2").rounds()).isLessThanOrEqualTo(3);
            assertThat(fresh.get("/repos/octocat/hello/issues/2").rounds()).isEqualTo(1);
            assertThat(fresh.get("/users/octocat/managed", "octo-token").rounds())
                    .isLessThanOrEqualTo(3);
            assertThat(fresh.get("/users/octocat/managed", "octo-token").rounds())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/repos/github/inside, 1, 1, 3.5",
        "/repositories/600, 1, 1, 3.0",
        "/repos/github/inside/issues, 1, 2, 3.5",
        "/repos/torvalds/shared, 1, 1, 3.0",
        "/repos/octocat/hello, 1, 1, 2.5",
        "/orgs/github/repos, 1, 4, 3.5",
        "/user/repos?affiliation=organization_member, 1, 5, 3.5"
    })
    void rightsAreReadInTheRoundsThatReadTheAnswer(String route, int rounds, int requests, double units) {
        Answer cheapest = Stream.generate(() -> service.get(route, "octo-token"))
                .limit(6)
                .min(Comparator.comparingInt(Answer::rounds).thenComparing(Answer::readUnits))
                .orElseThrow();
        assertThat(cheapest.status()).isEqualTo(200);
        assertThat(cheapest.cost())
                .endsWith(
                        String.format(Locale.ROOT, "rounds=%d; requests=%d; read-units=%.1f", rounds, requests, units));
    }

    /** Nobody but the caller is of interest, who owns the repository. */
    @Test
    void aStarIsLookedUpWithoutPeople() {
        service.get("/repos/octocat/hello/issues/7");
        measured(service, AccessPattern.STAR);
        assertThat(people(AccessPattern.STAR)).isEmpty();
    }

    /** Items of accounts, and of their rights, that one read of a pattern asks for. */
    private static List<String> people(AccessPattern pattern) {
        service.table().forgetSent();
        service.get(ROUTES.get(pattern), token(pattern));
        return reads().stream()
                .filter(sent -> sent.request() instanceof BatchGetItemRequest)
                .flatMap(sent ->
                        ((BatchGetItemRequest) sent.request()).requestItems().get(TestTable.NAME).keys().stream())
                .map(key -> key.get("pk").s())
                .filter(key -> key.startsWith("A#") || key.startsWith("G#"))
                .toList();
    }

    /** A key as {@link AccessPattern} writes it: small letters stand for ids, names and times. */
    private static boolean isLike(String template, String key) {
        String form = Stream.of(template.split("(?=[#/ ])|(?<=[#/ ])"))
                .map(part -> part.matches("[a-z]+") ? "[^#/]+" : Pattern.quote(part))
                .collect(Collectors.joining());
        return key.matches(form);
    }

    private static List<String> templates(Collection<String> texts) {
        return texts.stream()
                .flatMap(text -> Pattern.compile("`([^`]+)`").matcher(text).results())
                .map(match -> match.group(1))
                .toList();
    }

    /** The keys that were asked for: of a query, its partition. */
    private static List<String> keys(List<Sent> sent) {
        return sent.stream()
                .flatMap(one -> one.request() instanceof BatchGetItemRequest get
                        ? get.requestItems().get(TestTable.NAME).keys().stream()
                                .map(key -> key.get("pk").s() + " / "
                                        + key.get("sk").s())
                        : Stream.of(((QueryRequest) one.request())
                                .expressionAttributeValues()
                                .get(":pk")
                                .s()))
                .toList();
    }

    /** Cold, from a node that has met nothing, and warm. */
    @ParameterizedTest
    @EnumSource(AccessPattern.class)
    void onlyKeysOfThePatternAreAskedFor(AccessPattern pattern) {
        List<String> allowed = Stream.of(pattern.requests(), KeysAlong.ALL)
                .flatMap(texts -> templates(texts).stream())
                .flatMap(template -> Stream.of(template, template + " / x", template.replaceFirst(" / .*", "")))
                .toList();
        service.table().forgetSent();
        service.bean(ItemCache.class).clear();
        for (int i = 0; i < 3; i++) {
            assertThat(service.get(ROUTES.get(pattern), token(pattern)).status())
                    .isIn(200, 204);
        }
        assertThat(keys(reads())).isNotEmpty();
        assertThat(keys(reads()))
                .filteredOn(key -> allowed.stream().noneMatch(template -> isLike(template, key)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/users/octocat; L#octocat / L, A#1",
                "/repos/octocat/hello; N#octocat/hello / N, R#10 / C, R#10 / F, R#10 / R, A#1 / A",
                "/repos/octocat/hello/issues/7; N#octocat/hello / N, R#10 / R, R#10#I / 7, R#10#L / 5001, R#10#L / 5007,"
                        + " R#10#M / 3, R#10#K / K, A#1 / A, A#2 / A, G#2 / 10",
                "/repos/octocat/hello/pulls/7; N#octocat/hello / N, R#10 / R, R#10 / C, R#10 / F, R#10#P / 7, R#10#K / K, A#1 / A, A#2 / A, G#2 / 10",
                "/repos/octocat/hello/issues; N#octocat/hello / N, R#10 / R, R#10 / C, R#10#I, R#10#L, R#10#M / 3, R#10#K / K, A#1 / A, A#2 / A, G#2 / 10",
                "/repos/octocat/hello/pulls; N#octocat/hello / N, R#10 / R, R#10 / C, R#10 / F, R#10#P, R#10#K / K, A#1 / A, A#2 / A, G#2 / 10",
                "/repos/octocat/hello/labels/label-3; N#octocat/hello / N, R#10 / R, R#10#L / 5003, R#10#N / N#label-3",
                "/user/starred/octocat/hello; N#octocat/hello / N, R#10 / R, S#1 / 10"
            })
    void whatIsAskedForMostTakesTheseKeys(String route, String expected) {
        String asker = route.startsWith("/user/") ? "octo-token" : null;
        for (int i = 0; i < 3; i++) {
            service.table().forgetSent();
            service.get(route, asker);
        }
        assertThat(keys(reads()).stream().map(key -> key.replaceAll("(?<=[#/ ])0+(?=[0-9])", "")))
                .containsExactlyInAnyOrder(expected.split(", "));
    }

    @Test
    void nothingWasEverScanned() {
        for (String route : ROUTES.values()) {
            service.get(route, "octo-token");
        }
        assertThat(service.table().sent()).noneMatch(s -> s.request() instanceof ScanRequest);
        assertThat(service.table().sent()).isNotEmpty();
    }

    @Test
    void aReadWithAPositionReadsItemsAsTheyAreNow() {
        long head = service.log().append(EventFixtures.edited(10, 7, "the newest title", null));
        String position = service.position(head, "r:10");
        service.table().forgetSent();
        Answer answer = service.get("/repos/octocat/hello/issues/7", null, "X-Forgelog-Position", position);
        assertThat(answer.json().path("title").asString()).isEqualTo("the newest title");
        assertThat(reads()).allSatisfy(sent -> {
            if (sent.request() instanceof BatchGetItemRequest get) {
                assertThat(get.requestItems().get(TestTable.NAME).consistentRead())
                        .isTrue();
            } else {
                assertThat(((QueryRequest) sent.request()).consistentRead()).isTrue();
            }
        });
    }
}
