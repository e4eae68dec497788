package org.forgelog.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class GatewayFilterTest {

    /** From where, which gateways there are, and who is taken to be calling, over what. */
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, localhost, 9.9.9.9, https",
        "10.0.0.2, 10.0.0.2, 9.9.9.9, https",
        "10.0.0.3, 10.0.0.2, 10.0.0.3, http",
        "10.0.0.3, no-such-gateway.invalid, 10.0.0.3, http",
        "127.0.0.1, , 127.0.0.1, http"
    })
    void onlyTheGatewayIsBelieved(String from, String gateway, String caller, String scheme) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/user");
        request.setRemoteAddr(from);
        request.addHeader("X-Forwarded-For", "9.9.9.9");
        request.addHeader("X-Forwarded-Proto", "https");
        MockFilterChain chain = new MockFilterChain();
        new GatewayFilter(gateway == null ? Set.of() : Set.of(gateway))
                .doFilter(request, new MockHttpServletResponse(), chain);
        HttpServletRequest seen = (HttpServletRequest) chain.getRequest();
        assertThat(seen.getRemoteAddr()).isEqualTo(caller);
        assertThat(seen.getScheme()).isEqualTo(scheme);
        assertThat(seen.getHeader("X-Forwarded-For")).isNull();
    }
}
