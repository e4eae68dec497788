package org.forgelog.query.verify;

import java.util.function.Consumer;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.query.projection.deployment.TableVerifier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Compares tables with what the projectors make of the log, item by item, in bounded memory. */
public final class LogVerifier implements TableVerifier {

    /** Items of one sequence that are held in memory at once. */
    static final int MOST_ITEMS = 250_000;

    private final DynamoDbClient client;
    private final Source source;

    public LogVerifier(DynamoDbClient client, EventLogReader log, EventCodec codec) {
        this(client, new Source(log, codec, MOST_ITEMS, ProjectedItems.FACTORY));
    }

    LogVerifier(DynamoDbClient client, Source source) {
        this.client = client;
        this.source = source;
    }

    @Override
    public Report verify(String table, @Nullable Long rate, Consumer<Progress> progress) {
        return new Comparison(new TableReader(client, table, rate), source, progress).run();
    }
}
