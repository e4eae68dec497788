package org.forgelog.dynamodb.operation;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.forgelog.dynamodb.protocol.Answer;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.forgelog.dynamodb.protocol.Request;
import org.forgelog.dynamodb.store.OrderedStore;
import org.forgelog.dynamodb.table.Backfill;
import org.forgelog.dynamodb.table.Catalog;
import org.forgelog.dynamodb.table.Expiry;
import org.forgelog.dynamodb.table.IndexLag;
import org.forgelog.dynamodb.table.ItemStore;

/** All operations by their names. */
public final class Operations {

    private final Map<String, Function<Request, Answer>> byName = new HashMap<>();
    private final Catalog catalog;
    private final ItemStore items;
    private final Backfill backfill;
    private final Expiry expiry;
    private final RequestTokens tokens;
    private final IndexLag indexLag;

    public Operations(OrderedStore store, Clock clock, String region) {
        catalog = new Catalog(store);
        items = new ItemStore(store, catalog);
        backfill = new Backfill(store, catalog, items);
        expiry = new Expiry(store, catalog, items, clock);
        tokens = new RequestTokens(store, clock);
        indexLag = new IndexLag(store, catalog, items);
        TableDescriptions descriptions = new TableDescriptions(region);

        IndexRequests indexes = new IndexRequests(catalog::newSpace);
        TableOperations tables = new TableOperations(
                catalog, new TableRequests(indexes, catalog::newSpace, clock), indexes, descriptions, backfill);
        byName.put("CreateTable", tables::create);
        byName.put("DescribeTable", tables::describe);
        byName.put("UpdateTable", tables::update);
        byName.put("DeleteTable", tables::delete);
        byName.put("ListTables", tables::list);

        TagOperations tags = new TagOperations(catalog, descriptions);
        byName.put("TagResource", tags::tag);
        byName.put("UntagResource", tags::untag);
        byName.put("ListTagsOfResource", tags::list);

        TimeToLiveOperations timeToLive = new TimeToLiveOperations(catalog);
        byName.put("UpdateTimeToLive", timeToLive::update);
        byName.put("DescribeTimeToLive", timeToLive::describe);

        ItemOperations single = new ItemOperations(catalog, items);
        byName.put("GetItem", single::get);
        byName.put("PutItem", single::put);
        byName.put("UpdateItem", single::update);
        byName.put("DeleteItem", single::delete);

        BatchOperations batches = new BatchOperations(catalog, items, Faults::shareOfBatch);
        byName.put("BatchGetItem", batches::get);
        byName.put("BatchWriteItem", batches::write);

        TransactionOperations transactions = new TransactionOperations(catalog, items, tokens);
        byName.put("TransactGetItems", transactions::get);
        byName.put("TransactWriteItems", transactions::write);

        QueryOperations queries = new QueryOperations(catalog, items, indexLag);
        byName.put("Query", queries::query);
        byName.put("Scan", queries::scan);
    }

    /** Goes on with what an earlier process left unfinished. */
    public void start() {
        backfill.startAll();
    }

    /**
     * Carries out a request.
     *
     * @throws DynamoDbError when it is refused
     */
    public Answer execute(String operation, Request request) {
        Function<Request, Answer> handler = byName.get(operation);
        if (handler == null) {
            throw DynamoDbError.unknownOperation();
        }
        return handler.apply(request);
    }

    public boolean knows(String operation) {
        return byName.containsKey(operation);
    }

    public IndexLag indexLag() {
        return indexLag;
    }

    /** What is to be done from time to time. */
    public void tidy() {
        expiry.removeExpired();
        tokens.forgetOld();
        catalog.saveCounts();
    }

    /** Ends what goes on in the background. */
    public void stop() {
        indexLag.close();
        backfill.stop();
        catalog.saveCounts();
    }
}
