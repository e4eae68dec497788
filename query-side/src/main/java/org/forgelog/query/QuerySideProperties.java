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
 * @param operatorToken lets into {@code /operator} with {@code X-Forgelog-Operator-Token}, beside the site administrator;
 *     nobody else when empty
 * @param readDeadline how long a read waits for the table altogether, before it is answered 503
 * @param positionWait how long a read waits for the position that it was sent with
 * @param positionWaits how many reads wait for their position at once; more are answered 503
 * @param cursorLife how long a cursor is good for
 * @param settleDelay how long replicas and indexes of the table may be behind it: how long a change must be past for {@code
 *     Last-Modified} to be given, and for what an index says to be remembered
 * @param dynamodb where DynamoDB is
 * @param table the table
 * @param cache what is remembered, to answer from memory
 * @param moments answers about the past
 * @param projection this node's part in keeping tables up to date
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
        @DefaultValue Moments moments,
        @DefaultValue Projection projection) {

    /**
     * What is remembered, to answer from memory.
     *
     * @param bytes how much is remembered; 0 to ask the table each time
     */
    public record Cache(@DefaultValue("64MB") DataSize bytes) {}

    /**
     * Answers about the past, which are made from the event log.
     *
     * @param events how many events one answer may be made of; more are answered 422
     * @param cache how much is remembered of what they were made into
     */
    public record Moments(@DefaultValue("100000") int events, @DefaultValue("64MB") DataSize cache) {}

    /**
     * Where DynamoDB is.
     *
     * @param endpoint address of DynamoDB; without it, AWS
     * @param region region; without it, what the environment says
     * @param accessKeyId credentials; without them, the AWS SDK's usual ways
     * @param secretAccessKey the other half of the credentials
     */
    public record DynamoDb(
            @Nullable URI endpoint,
            @Nullable String region,
            @Nullable String accessKeyId,
            @Nullable String secretAccessKey) {}

    /**
     * The table.
     *
     * @param name the first table, and the beginning of later ones' names
     * @param create whether the table may be made when it is missing, and removed for a replay; {@code false} also forbids
     *     replays beside it
     */
    public record Table(@DefaultValue("forgelog") String name, @DefaultValue("true") boolean create) {}

    /**
     * A node's part in keeping tables up to date.
     *
     * @param enabled whether this node takes part in it
     * @param writers how many writes to the table are under way at once, at most
     * @param singleNode whether this is the only node there ever is: new tables are built several times faster then
     * @param upgrade where an older version built the table: {@code automatic} to have a new one built beside it, verified,
     *     and switched to; {@code operator} to do so only when somebody says so
     */
    public record Projection(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("16") int writers,
            @DefaultValue("false") boolean singleNode,
            @DefaultValue("automatic") Upgrade.Mode upgrade) {}
}
