package org.forgelog.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.ForwardedHeaderFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Believes what the gateway says of a request: who sent it ({@code X-Forwarded-For}) and how it came ({@code
 * X-Forwarded-Proto}). Nobody else is believed, whatever they say is taken away.
 */
class GatewayFilter extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(GatewayFilter.class);
    private static final List<String> HEADERS =
            List.of("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "Forwarded");

    private final Set<String> gateways;
    private final ForwardedHeaderFilter believed = new ForwardedHeaderFilter();
    private final ForwardedHeaderFilter disbelieved = new ForwardedHeaderFilter();

    /** @param gateways names or addresses; a name may come to mean other addresses later */
    GatewayFilter(Set<String> gateways) {
        this.gateways = Set.copyOf(gateways);
        disbelieved.setRemoveOnly(true);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean forwarded = HEADERS.stream().anyMatch(name -> request.getHeader(name) != null);
        (forwarded && isGateway(request.getRemoteAddr()) ? believed : disbelieved).doFilter(request, response, chain);
    }

    private boolean isGateway(String address) {
        try {
            InetAddress from = InetAddress.getByName(address);
            return gateways.stream()
                    .flatMap(name -> Arrays.stream(addresses(name)))
                    .anyMatch(from::equals);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Java remembers what names mean for half a minute. */
    private static InetAddress[] addresses(String name) {
        try {
            return InetAddress.getAllByName(name);
        } catch (UnknownHostException e) {
            log.warn("the gateway {} is not known: {}", name, e.getMessage());
            return new InetAddress[0];
        }
    }
}
