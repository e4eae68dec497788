package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.OrganizationRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a stranger is told of a read's cost is the same whatever is hidden from them. */
class HiddenCostTest {

    private static final int HIDDEN = 60;

    private static final List<String> ROUTES = List.of(
            "/users/owner/repos?per_page=1",
            "/users/owner/repos?sort=full_name",
            "/users/owner/owned",
            "/users/owner/starred",
            "/users/owner/subscriptions",
            "/users/owner/managed",
            "/users/owner/events",
            "/users/owner/events/public",
            "/orgs/group/repos?per_page=2",
            "/orgs/group/events",
            "/repos/owner/open/forks",
            "/repos/owner/open/forks?sort=stargazers",
            "/repos/owner/open/events",
            "/networks/owner/open/events",
            "/repositories",
            "/events");

    private static QueryService service;

    @BeforeAll
    static void start() {
        // Nothing is answered from memory: what is measured is what a read costs that must ask.
        service = QueryService.start("forgelog.cache.bytes=0");
        service.log()
                .append(
                        EventFixtures.registered(1, "owner"),
                        EventFixtures.registered(2, "stranger"),
                        EventFixtures.organization(3, "group"),
                        EventFixtures.member(3, 1, OrganizationRole.ADMIN),
                        EventFixtures.created(10, 1, "owner", "open"),
                        EventFixtures.created(11, 3, "group", "open"),
                        EventFixtures.starred(1, 10),
                        EventFixtures.watched(1, 10),
                        EventFixtures.issue(10, 1, 1, "an issue"));
        service.log().token(2, "stranger", "stranger-token");
        service.log().token(1, "owner", "owner-token");
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Map<String, String> told(String token) {
        Map<String, String> told = new TreeMap<>();
        for (String route : ROUTES) {
            String cost = "";
            for (int i = 0; i < 5; i++) {
                cost = service.get(route, token).header("X-Forgelog-Cost").orElse("");
            }
            told.put(route, cost);
        }
        return told;
    }

    @Test
    void whatIsToldOfTheCostDoesNotDependOnWhatIsHidden() {
        Map<String, String> anonymous = told(null);
        Map<String, String> stranger = told("stranger-token");
        List<DomainEvent> hidden = new ArrayList<>();
        for (int n = 0; n < HIDDEN; n++) {
            hidden.add(EventFixtures.created(100 + n, 1, "owner", "hidden-" + n, true));
            hidden.add(EventFixtures.issue(100 + n, 1, 1, "a hidden issue"));
            hidden.add(EventFixtures.starred(1, 100 + n));
            hidden.add(EventFixtures.watched(1, 100 + n));
            hidden.add(EventFixtures.created(200 + n, 3, "group", "hidden-" + n, true));
            hidden.add(EventFixtures.registered(1_000 + n, "fan-" + n));
            hidden.add(EventFixtures.forked(300 + n, 1_000 + n, "fan-" + n, "open", 10, 10, true));
        }
        service.log().append(hidden);
        service.await();
        assertThat(told(null)).isEqualTo(anonymous);
        assertThat(told("stranger-token")).isEqualTo(stranger);
        assertThat(anonymous.get("/users/owner/repos?per_page=1")).startsWith("pattern=4; rounds=1;");
    }

    @Test
    void whoMaySeeThemIsShownThemAndToldWhatTheyCost() {
        service.log()
                .append(
                        EventFixtures.created(500, 1, "owner", "confidential", true),
                        EventFixtures.starred(1, 500),
                        EventFixtures.registered(4, "helper"),
                        EventFixtures.collaborator(500, 4, Permission.READ));
        service.log().token(4, "helper", "helper-token");
        service.await();
        for (String token : List.of("owner-token", "helper-token")) {
            assertThat(service.get("/users/owner/repos?per_page=100", token).text())
                    .contains("owner/confidential");
        }
        assertThat(service.get("/users/owner/starred", "owner-token").header("X-Forgelog-Cost"))
                .isPresent();
    }
}
