package org.forgelog.api.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much patience there is with clients that send slowly, or open many connections.
 *
 * @param silence how long a client may send nothing while it is its turn
 * @param headers how long a request's headers may take altogether
 * @param body how long a request's body may take altogether
 * @param perAddress most connections of one address; 0 for no limit, as behind a gateway that has its own
 * @param expensive how many requests with large answers are worked on at once, half as many of one caller; others wait a
 *     second and are answered 503. 0: one for each processor and 96 MB of heap, at least two
 */
@ConfigurationProperties("forgelog.http")
record ConnectionLimits(
        @DefaultValue("10s") Duration silence,
        @DefaultValue("10s") Duration headers,
        @DefaultValue("30s") Duration body,
        @DefaultValue("1000") int perAddress,
        @DefaultValue("0") int expensive) {}
