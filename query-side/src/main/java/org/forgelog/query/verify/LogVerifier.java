package org.forgelog.query.verify;

import java.util.function.Consumer;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.query.projection.deployment.TableVerifier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Compares tables with what the log says by this package's own fold of it. */
public final class LogVerifier implements TableVerifier {

    private static final int MOST_ITEMS = 250_000;

    private final DynamoDbClient client;
    private final Source source;

    public LogVerifier(DynamoDbClient client, EventLogReader log, EventCodec codec) {
        this(client, new Source(log, codec, MOST_ITEMS));
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
