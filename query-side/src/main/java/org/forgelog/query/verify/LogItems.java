package org.forgelog.query.verify;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.query.projection.deployment.LoggedItems;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the projectors make of some sequences. */
public final class LogItems implements LoggedItems {

    private final DynamoDbClient client;
    private final Source source;

    public LogItems(DynamoDbClient client, EventLogReader log, EventCodec codec) {
        this.client = client;
        this.source = new Source(log, codec, LogVerifier.MOST_ITEMS, ProjectedItems.FACTORY);
    }

    @Override
    public void each(String table, long position, Collection<String> sequences, boolean alsoNames, Told told) {
        TableState noted =
                new TableReader(client, table, null).state(source.log().skipped());
        TableState state = new TableState(Math.max(position, noted.position()), noted.blockedAt(), noted.skipped());
        LogFold fold = new LogFold(
                source,
                state,
                state.position(),
                new ObservedItems(List.of()),
                (key, item, sequence, mayBeGone) -> {
                    if (!key.isCount()) {
                        told.item(key.pk(), key.sk(), item);
                    }
                },
                key -> false,
                new HashSet<>(),
                events -> {});
        fold.some(sequences, alsoNames);
    }

    @Override
    public List<String> differing(Map<String, Object> expected, Map<String, Object> actual) {
        return ObservedItem.differing(expected, actual);
    }
}
