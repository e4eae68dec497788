package org.forgelog.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import org.forgelog.api.representation.Links;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ApiAddressTest {

    private static HttpServletRequest passed(String web, String path) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setServerName("forge.example");
        request.setServletPath(path);
        MockFilterChain chain = new MockFilterChain();
        new ApiAddress(web, "").doFilter(request, new MockHttpServletResponse(), chain);
        return (HttpServletRequest) chain.getRequest();
    }

    @ParameterizedTest
    @CsvSource({
        "/users/ada, /users/ada, http://forge.example",
        "/api/v3/users/ada, /users/ada, http://forge.example/api/v3",
        "/api/v3/, /, http://forge.example/api/v3",
        "/api/v3, /, http://forge.example/api/v3",
        "/api/v3x/users, /api/v3x/users, http://forge.example",
        "/api/v3/api/v3/users, /api/v3/users, http://forge.example/api/v3",
        "/api/v3/actuator/health, /api/v3/actuator/health, http://forge.example",
        "/api/v3/%61ctuator/health, /api/v3/%61ctuator/health, http://forge.example",
        "/api/v3/operator/replay, /api/v3/operator/replay, http://forge.example"
    })
    void thePrefixIsTakenOffAndLinksBeginWithIt(String path, String served, String base) throws Exception {
        HttpServletRequest request = passed("", path);
        assertThat(request.getRequestURI()).isEqualTo(served);
        assertThat(request.getServletPath()).isEqualTo(served);
        assertThat(RequestLinks.of(request)).isEqualTo(new Links(base, "http://forge.example"));
    }

    @ParameterizedTest
    @CsvSource({
        "/repos/a/b/labels/area/core, /repos/a/b/labels/area%2Fcore",
        "/repositories/7/labels/area/core/x, /repositories/7/labels/area%2Fcore%2Fx",
        "/api/v3/repos/a/b/issues/1/labels/area/core, /repos/a/b/issues/1/labels/area%2Fcore",
        "/repos/a/b/labels/core, /repos/a/b/labels/core",
        "/repos/a/labels/c/d, /repos/a/labels/c/d",
        "/repos/a/b/labels//d, /repos/a/b/labels//d"
    })
    void slashesInNamesOfLabelsNeedNotBeEncoded(String path, String served) throws Exception {
        assertThat(passed("", path).getRequestURI()).isEqualTo(served);
    }

    @Test
    void pagesForPeopleMayBeElsewhere() throws Exception {
        assertThat(RequestLinks.of(passed("https://www.example/", "/api/v3/user")))
                .isEqualTo(new Links("http://forge.example/api/v3", "https://www.example"));
    }

    /** What is configured, where the request goes, and how answers name things, whatever the client says. */
    @ParameterizedTest
    @CsvSource({
        "'', /user, http://evil.example",
        "https://forge.example/, /user, https://forge.example",
        "https://forge.example, /api/v3/user, https://forge.example/api/v3"
    })
    void anAddressThatIsConfiguredCounts(String configured, String path, String base) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setServerName("evil.example");
        MockFilterChain chain = new MockFilterChain();
        new ApiAddress("", configured).doFilter(request, new MockHttpServletResponse(), chain);
        assertThat(RequestLinks.of((HttpServletRequest) chain.getRequest()).base())
                .isEqualTo(base);
    }
}
