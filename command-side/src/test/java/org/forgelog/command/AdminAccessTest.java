package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.forgelog.api.Scopes;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What administrators have done for all of the installation is done for nobody else, and not with any token of theirs. */
class AdminAccessTest {

    private static final CommandNode NODE = CommandNode.shared();

    /** Method and path of everything under {@code /admin} that is no command. */
    private static Set<String> routes(String user) {
        Set<String> routes = new TreeSet<>();
        NODE.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> {
                    for (String path : mapping.getPatternValues()) {
                        if (path.startsWith("/admin")) {
                            mapping.getMethodsCondition()
                                    .getMethods()
                                    .forEach(method -> routes.add(method + " "
                                            + path.replace("{username}", user)
                                                    .replace("{job_id}", "00000000-0000-0000-0000-000000000000")));
                        }
                    }
                });
        return routes;
    }

    @Test
    void givenSomebodyWhoIsNoAdministrator_orATokenThatIsNotForThat_thenItIsRefused() {
        CommandNode.User victim = NODE.newUser();
        CommandNode.User promoted = NODE.newUser();
        assertThat(NODE.put("/users/" + promoted.login() + "/site_admin", CommandNode.ADMIN, "")
                        .status())
                .isEqualTo(204);
        List<String> others = Scopes.ALL.words().stream()
                .filter(word -> !word.equals("site_admin"))
                .toList();
        String without = NODE.token(promoted.login(), others);
        Set<String> routes = routes(victim.login());
        assertThat(routes)
                .contains(
                        "DELETE /admin/users/" + victim.login() + "/personal-data",
                        "POST /admin/imports",
                        "POST /admin/log/restore",
                        "POST /admin/master-key/rotation");
        for (String route : routes) {
            String method = route.substring(0, route.indexOf(' '));
            String path = route.substring(route.indexOf(' ') + 1);
            assertThat(NODE.call(method, path, null, "{}").status()).as(route).isEqualTo(401);
            assertThat(NODE.call(method, path, victim.token(), "{}").status())
                    .as(route)
                    .isEqualTo(403);
            assertThat(NODE.call(method, path, without, "{}").status())
                    .as(route)
                    .isEqualTo(403);
        }
        assertThat(NODE.call("POST", victim.repository("still-here") + "/issues", victim.token(), "{\"title\":\"x\"}")
                        .status())
                .isEqualTo(201);
    }
}
