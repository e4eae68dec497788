package org.forgelog.query;

import java.net.URI;
import java.time.Duration;
import org.forgelog.query.projection.deployment.Upgrade;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What can be set about the query side.
 *
 * @param operatorToken lets operators in beside the site administrator; none when empty
 * @param readDeadline how long a read may wait for the table altogether
 * @param positionWait how long a read waits for the position that it was sent with
 * @param positionWaits how many reads wait at once; more are refused
 * @param cursorLife how long a cursor is good for
 * @param settleDelay how long replicas and indexes of the table may be behind it: an answer is dated, in {@code Last-Modified}, and
 *     what an index says is remembered, once the last change is so long ago
 */
@ConfigurationProperties("forgelog")
public record QuerySideProperties(
        @DefaultValue("") String operatorToken,
        @DefaultValue("2s") Duration readDeadline,
        @DefaultValue("2s") Duration positionWait,
        @DefaultValue("1000") int positionWaits,
        @DefaultValue("24h") Duration cursorLife,
        @DefaultValue("1m") Duration settleDelay,
        @DefaultValue DynamoDb dynamodb,
        @DefaultValue Table table,
        @DefaultValue Cache cache,
        @DefaultValue Projection projection) {

    /** @param bytes how much is remembered, to answer from memory; 0 to ask the table each time */
    public record Cache(@DefaultValue("64MB") DataSize bytes) {}

    /**
     * Where DynamoDB is.
     *
     * @param endpoint {@code null} for AWS
     * @param region {@code null} for what the environment says
     * @param accessKeyId {@code null} for the SDK's usual ways to credentials
     */
    public record DynamoDb(
            @Nullable URI endpoint,
            @Nullable String region,
            @Nullable String accessKeyId,
            @Nullable String secretAccessKey) {}

    /** @param create whether the table may be made when it is missing, and removed for a replay */
    public record Table(@DefaultValue("forgelog") String name, @DefaultValue("true") boolean create) {}

    /**
     * @param enabled whether this node may project; one of all nodes does
     * @param writers how many writes are under way at once
     * @param singleNode whether no other node ever projects into these tables; new tables are written several times faster then
     * @param upgrade whether a table that an older version built is replaced without being asked
     */
    public record Projection(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("16") int writers,
            @DefaultValue("false") boolean singleNode,
            @DefaultValue("automatic") Upgrade.Mode upgrade) {}
}
