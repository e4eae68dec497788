package org.forgelog.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.forgelog.command.http.Routes.Match;
import org.forgelog.command.http.Routes.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.server.PathContainer;

class RoutesTest {

    private static final Routes ROUTES = new Routes();

    static List<Route> routes() {
        return ROUTES.all();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void givenAnyRoute_thenItsPathLeadsToIt(Route route) {
        Match match = find(route.method(), route.path().replaceAll("\\{(\\w+)}", "some-$1"));

        assertThat(match.route()).isSameAs(route);
        assertThat(match.variables())
                .allSatisfy((name, value) -> assertThat(value).isEqualTo("some-" + name));
    }

    @Test
    void givenAWordWhereAVariableMayBe_thenTheWordWins_unlessItLeadsNowhere() {
        assertThat(find("PATCH", "/repos/o/r/issues/comments/7")
                        .route()
                        .operation()
                        .id())
                .isEqualTo("issues/update-comment");
        assertThat(find("POST", "/repos/o/r/issues/comments/labels").variables())
                .containsEntry("issue_number", "comments");
    }

    @Test
    void givenAnEncodedPart_thenItIsDecodedAndStaysOnePart() {
        assertThat(find("DELETE", "/repos/o/r/labels/good%20first%2Fissue").variables())
                .isEqualTo(Map.of("owner", "o", "repo", "r", "name", "good first/issue"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "user",
                "/user/",
                "//user",
                "/USER",
                "/user/repos/x",
                "/repos/o//issues",
                "/repos/o/r/issues/",
                "/batch"
            })
    void givenAnotherPath_thenNothing(String path) {
        for (String method : new String[] {"POST", "PATCH", "PUT", "DELETE", "GET"}) {
            assertThat(ROUTES.find(method, PathContainer.parsePath(path))).isEmpty();
        }
    }

    private static Match find(String method, String path) {
        return ROUTES.find(method, PathContainer.parsePath(path)).orElseThrow();
    }
}
