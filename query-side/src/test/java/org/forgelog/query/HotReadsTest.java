package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.forgelog.query.QueryService.Answer;
import org.forgelog.query.read.AccessPattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was read before and did not change costs nothing. */
class HotReadsTest {

    /** What is inside one repository or about one account, and names none of which another's events tell. */
    private static final Set<AccessPattern> HOT = EnumSet.of(
            AccessPattern.ACCOUNT_BY_LOGIN,
            AccessPattern.REPOSITORY_BY_NAME,
            AccessPattern.CONVERSATION_BY_NUMBER,
            AccessPattern.ACTIVITY,
            AccessPattern.CONVERSATIONS_BY_STATE,
            AccessPattern.STARGAZERS,
            AccessPattern.STAR,
            AccessPattern.WATCHERS,
            AccessPattern.SUBSCRIPTION,
            AccessPattern.EMAILS,
            AccessPattern.COMMENTS,
            AccessPattern.REACTIONS,
            AccessPattern.COMMENTS_OF_REPOSITORY,
            AccessPattern.COMMENT,
            AccessPattern.ISSUES_BY_EDGE,
            AccessPattern.LABELS,
            AccessPattern.LABEL_BY_NAME,
            AccessPattern.MILESTONES,
            AccessPattern.MILESTONE,
            AccessPattern.MILESTONE_LABELS,
            AccessPattern.ASSIGNEES,
            AccessPattern.MEMBERS,
            AccessPattern.MEMBERSHIP,
            AccessPattern.INVITATIONS_OF_USER,
            AccessPattern.COLLABORATORS,
            AccessPattern.COLLABORATOR,
            AccessPattern.TIMELINE,
            AccessPattern.TIMELINE_OF_REPOSITORY,
            AccessPattern.TIMELINE_ENTRY,
            AccessPattern.PUBLIC_REPOSITORIES);

    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start("forgelog.settle-delay=0s");
        service.log().append(CostTest.forge());
        service.log().token(1, "octocat", "octo-token");
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** Of what changed long enough ago that indexes must have it. */
    @ParameterizedTest
    @EnumSource(AccessPattern.class)
    void whatWasReadBeforeAndDidNotChangeIsAnsweredFromMemory(AccessPattern pattern) {
        Answer cold = service.get(CostTest.ROUTES.get(pattern), CostTest.token(pattern));
        Answer hot = service.get(CostTest.ROUTES.get(pattern), CostTest.token(pattern));
        for (int i = 0; i < 5 && hot.requests() > 0; i++) {
            hot = service.get(CostTest.ROUTES.get(pattern), CostTest.token(pattern));
        }
        assertThat(hot.text()).isEqualTo(cold.text());
        if (HOT.contains(pattern)) {
            assertThat(hot.requests()).isZero();
            assertThat(hot.readUnits()).isZero();
        } else {
            // The indexes across repositories, and feeds.
            assertThat(hot.rounds()).isEqualTo(1);
        }
    }

    @Test
    void aChangeIsReadAndNothingElse() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            service.get("/repos/octocat/hello/issues/9");
            service.get("/repos/github/inside", "octo-token");
        }
        service.log().append(EventFixtures.edited(10, 9, "another title", null));
        service.await();
        assertThat(service.get("/repos/octocat/hello/issues/9")
                        .json()
                        .path("title")
                        .asString())
                .isEqualTo("another title");
        // Once this node has heard of the change as well.
        Eventually.until(() -> service.get("/repos/octocat/hello/issues/9").requests() == 0);
        assertThat(service.get("/repos/github/inside", "octo-token").requests())
                .as("another sequence")
                .isZero();
    }

    /** Forks are counted by their own sequences, beside the repository and in one page with it. */
    @Test
    void theFirstForkShowsInAListThatWasReadBefore() {
        service.log()
                .append(
                        EventFixtures.registered(900, "upstream"),
                        EventFixtures.created(901, 900, "upstream", "popular"),
                        EventFixtures.registered(902, "downstream"));
        service.await();
        for (int i = 0; i < 3; i++) {
            assertThat(forksOfPopular()).isZero();
        }
        service.log().append(EventFixtures.forked(903, 902, "downstream", "popular", 901, 901));
        service.await();
        assertThat(forksOfPopular()).isEqualTo(1);
    }

    private static int forksOfPopular() {
        return service.get("/users/upstream/repos")
                .json()
                .path(0)
                .path("forks_count")
                .asInt();
    }

    @Test
    void whatAnIndexSaysIsNotRememberedSoonAfterAChange() {
        service.log().append(EventFixtures.edited(10, 10, "yet another title", null));
        try (QueryService node = service.beside("forgelog.settle-delay=1h")) {
            node.await();
            for (int i = 0; i < 3; i++) {
                node.get("/repos/octocat/hello/issues");
            }
            assertThat(node.get("/repos/octocat/hello/issues").requests())
                    .as("the list alone")
                    .isEqualTo(1);
            assertThat(node.get("/repos/octocat/hello/issues/10").requests()).isPositive();
            assertThat(node.get("/repos/octocat/hello/issues/10").requests())
                    .as("read consistently, so it is remembered")
                    .isZero();
        }
    }
}
