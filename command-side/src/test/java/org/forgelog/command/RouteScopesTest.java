package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.api.Scope;
import org.forgelog.api.Scopes;
import org.forgelog.command.CommandNode.User;
import org.forgelog.command.http.Routes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A token is good for what its scopes cover and for nothing else, on every route. */
class RouteScopesTest {

    private static final CommandNode node = CommandNode.shared();
    private static final User owner = node.newUser();
    private static final Map<List<String>, String> tokens = new HashMap<>();

    private static String token(List<String> scopes) {
        return tokens.computeIfAbsent(scopes, some -> node.token(owner.login(), some));
    }

    static List<Routes.Route> routes() {
        return new Routes().all();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void givenATokenForNothing_thenItIsGoodForNothingAnywhere(Routes.Route route) {
        String path = route.path().replaceAll("\\{[^}]+}", "1");
        Answered answer = node.call(route.method(), path, token(List.of()), "{}");
        assertThat(answer.status()).as(path).isEqualTo(403);
        assertThat(answer.header("X-OAuth-Scopes")).isEmpty();
        assertThat(answer.header("X-Accepted-OAuth-Scopes"))
                .isEqualTo(Scopes.text(route.operation().scopes().scopes()))
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void givenNoToken_thenTheAnswerSaysWhatOneMustBeFor(Routes.Route route) {
        Answered answer = node.call(route.method(), route.path().replaceAll("\\{[^}]+}", "1"), null, "{}");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("X-Accepted-OAuth-Scopes"))
                .isEqualTo(Scopes.text(route.operation().scopes().scopes()));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void givenATokenForEverythingButThat_thenItIsRefused(Routes.Route route) {
        List<String> others = new ArrayList<>();
        for (Scope scope : Scope.values()) {
            if (route.operation().scopes().scopes().stream().noneMatch(scope::covers)) {
                others.add(scope.word());
            }
        }
        String path = route.path().replaceAll("\\{[^}]+}", "1");
        assertThat(node.call(route.method(), path, token(others), "{}").status())
                .as(path + " with " + others)
                .isEqualTo(403);
    }
}
