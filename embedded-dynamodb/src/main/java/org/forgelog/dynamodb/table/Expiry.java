package org.forgelog.dynamodb.table;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.item.KeyBytes;
import org.forgelog.dynamodb.store.OrderedStore;

/** Removes items whose time to live is over, some time after that, as AWS does. */
public final class Expiry {

    /** Items that expired longer ago than this are left alone: the attribute is hardly meant as a time. */
    private static final long OLDEST = Duration.ofDays(5 * 365).toSeconds();

    private static final int CHUNK = 256;

    private final OrderedStore store;
    private final Catalog catalog;
    private final ItemStore items;
    private final Clock clock;

    public Expiry(OrderedStore store, Catalog catalog, ItemStore items, Clock clock) {
        this.store = store;
        this.catalog = catalog;
        this.items = items;
        this.clock = clock;
    }

    /** Looks through all tables that have a time to live; answers how many items were removed. */
    public int removeExpired() {
        int removed = 0;
        for (Table table : catalog.all().values()) {
            String attribute = table.definition().ttlAttribute();
            if (attribute != null) {
                removed += removeExpired(table, attribute);
            }
        }
        return removed;
    }

    private int removeExpired(Table table, String attribute) {
        long now = clock.millis() / 1_000;
        byte[] from = KeyBytes.space(table.definition().space());
        byte[] to = KeyBytes.space(table.definition().space() + 1);
        int removed = 0;
        boolean more = true;
        while (more && catalog.find(table.name()) == table) {
            List<byte[]> expired = new ArrayList<>();
            int looked = 0;
            try (OrderedStore.View view = store.view();
                    OrderedStore.Cursor cursor = view.scan(from, to, false)) {
                while (looked < CHUNK && cursor.next()) {
                    looked++;
                    from = KeyBytes.next(cursor.key());
                    if (isExpired(new StoredItem(cursor.value()).item(), attribute, now)) {
                        expired.add(cursor.key());
                    }
                }
            }
            for (byte[] key : expired) {
                items.change(
                        new ItemStore.Address(table, key),
                        item -> item == null || isExpired(item, attribute, now) ? null : item,
                        ItemStore.TOO_LARGE);
            }
            removed += expired.size();
            more = looked == CHUNK;
        }
        return removed;
    }

    private static boolean isExpired(Map<String, AttributeValue> item, String attribute, long now) {
        if (!(item.get(attribute) instanceof AttributeValue.N(String number))) {
            return false;
        }
        BigDecimal second = new BigDecimal(number);
        return second.compareTo(BigDecimal.valueOf(now)) <= 0
                && second.compareTo(BigDecimal.valueOf(now - OLDEST)) >= 0;
    }
}
