package org.forgelog.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.query.EventFixtures;
import org.forgelog.query.QueryService;
import org.forgelog.query.QueryService.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What tokens show: GitHub's classic scopes, on every route of reads. */
class ReadScopesTest {

    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start();
        service.log()
                .append(
                        EventFixtures.registered(1, "ada"),
                        EventFixtures.organization(50, "acme"),
                        EventFixtures.member(50, 1, OrganizationRole.ADMIN),
                        EventFixtures.created(10, 1, "ada", "open"),
                        EventFixtures.issue(10, 1, 1, "open issue"),
                        EventFixtures.created(11, 1, "ada", "SECRET"),
                        EventFixtures.issue(11, 1, 1, "SECRET issue"),
                        EventFixtures.starred(1, 11),
                        EventFixtures.madePrivate(11, true));
        for (String scope : List.of(
                "", "public_repo", "repo", "user", "read:user", "read:org", "write:org", "admin:org", "site_admin")) {
            service.log().token(1, "ada", token(scope), List.of(scope));
        }
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String token(String scope) {
        return "token-for-" + scope;
    }

    @Test
    void everyRouteIsDeclared() {
        assertThat(service
                        .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                        .getHandlerMethods()
                        .keySet()
                        .stream()
                        .flatMap(info -> info.getPatternValues().stream())
                        // Pages for operators have nothing to do with scopes.
                        .filter(pattern -> !pattern.contains("error") && !pattern.startsWith("/console")))
                .isNotEmpty()
                .allMatch(ReadScopes::isDeclared);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/repos/ada/SECRET",
                "/repos/ada/SECRET/issues",
                "/repositories/11/issues/1",
                "/repos/ada/SECRET/activity",
                "/user/starred/ada/SECRET",
                "/networks/ada/SECRET/events"
            })
    void aPrivateRepositoryIsThereForTokensForThatAlone(String path) {
        assertThat(service.get(path, token("repo")).status()).isIn(200, 204);
        for (String scope : List.of("", "public_repo", "user", "admin:org", "site_admin")) {
            Answer answer = service.get(path, token(scope));
            assertThat(answer.status()).as(scope).isEqualTo(404);
            assertThat(answer.text()).doesNotContain("SECRET");
            assertThat(answer.header("X-OAuth-Scopes")).hasValue(scope);
            assertThat(answer.header("X-Accepted-OAuth-Scopes")).hasValue("repo");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/user/repos",
                "/users/ada/repos",
                "/users/ada/owned",
                "/users/ada/managed",
                "/users/ada/starred",
                "/user/starred",
                "/issues?filter=created",
                "/user/issues?filter=created",
                "/users/ada/events"
            })
    void listsShowPrivateOnesForTokensForThatAlone(String path) {
        assertThat(service.get(path, token("repo")).text()).contains("SECRET");
        for (String scope : List.of("", "public_repo", "user")) {
            Answer answer = service.get(path, token(scope));
            assertThat(answer.status()).as(scope).isEqualTo(200);
            assertThat(answer.text()).as(scope).doesNotContain("SECRET");
        }
        assertThat(service.get("/user/repos", token("public_repo")).text()).contains("open");
    }

    @ParameterizedTest
    @CsvSource({
        "/user/orgs, '', 403",
        "/user/orgs, read:org, 200",
        "/user/orgs, user, 200",
        "/user/orgs, repo, 403",
        "/user/memberships/orgs, user, 403",
        "/user/memberships/orgs, admin:org, 200",
        "/user/memberships/orgs/acme, write:org, 200",
        "/orgs/acme/memberships/ada, repo, 403",
        "/orgs/acme/memberships/ada, read:org, 200",
        "/repos/ada/open/collaborators, public_repo, 403",
        "/repos/ada/open/collaborators, repo, 200",
        "/repos/ada/open/issues, '', 200",
        "/operator/status, site_admin, 403",
        "/operator/status, repo, 403"
    })
    void someRoutesNeedATokenForThem(String path, String scope, int status) {
        assertThat(service.get(path, token(scope)).status()).isEqualTo(status);
    }

    @Test
    void whatOnlyTheUserSeesOfThemselvesNeedsATokenForThat() {
        assertThat(service.get("/user", token("user")).text()).contains("\"total_private_repos\"");
        assertThat(service.get("/user", token("read:user")).text()).contains("\"total_private_repos\"");
        Answer answer = service.get("/user", token("repo"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("\"login\":\"ada\"").doesNotContain("\"total_private_repos\"");
    }

    @Test
    void strangersAreToldOfNoScopesOfTheirs() {
        Answer answer = service.get("/repos/ada/open");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-OAuth-Scopes")).isEmpty();
    }
}
