package org.forgelog.api.http;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set about either side's HTTP interface.
 *
 * @param adminToken the site administrator's token; without it only users who were made one are, and whoever signs in with a
 *     group that makes one
 * @param url address of the API, with which links begin; without it, as the request called us
 * @param webUrl address of the pages for people, with which {@code html_url} begins; without it, the API's
 * @param gateway names or addresses of the gateways that are believed in {@code X-Forwarded-For} and {@code
 *     X-Forwarded-Proto}; nobody else is
 * @param rateLimit how many requests are answered
 */
@ConfigurationProperties("forgelog")
public record ApiProperties(
        @DefaultValue("") String adminToken,
        @DefaultValue("") String url,
        @DefaultValue("") String webUrl,
        @DefaultValue Set<String> gateway,
        @DefaultValue RateLimit rateLimit) {

    /**
     * How many requests are answered; the defaults let a token make ten thousand a second.
     *
     * @param withToken requests an hour for each token, on each node; 0 for no limit
     * @param anonymous requests an hour for each address without a token, on each node; 0 for no limit
     * @param failures tokens that are none, a minute from one address, before others than known good ones are refused (429);
     *     0 for no limit
     * @param costWithToken what requests of a token may cost in a minute, on each node: read units of the table, and as
     *     much for each 64 KB taken or sent; 0 for no limit
     * @param costAnonymous the same for each address without a token
     */
    public record RateLimit(
            @DefaultValue("36000000") long withToken,
            @DefaultValue("6000000") long anonymous,
            @DefaultValue("60") long failures,
            @DefaultValue("600000") long costWithToken,
            @DefaultValue("600000") long costAnonymous) {}
}
