package org.forgelog.query.read;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Table.Queried;
import org.forgelog.query.table.Table.Range;
import org.jspecify.annotations.Nullable;

/**
 * A lookup with a few items in place of its own.
 *
 * @param items {@code null} for none
 */
record OverlayLookup(Lookup under, Map<ItemKey, @Nullable Item> items) implements Lookup {

    @Override
    public @Nullable Item item(ItemKey key) {
        return items.containsKey(key) ? items.get(key) : under.item(key);
    }

    @Override
    public @Nullable Item peek(ItemKey key) {
        return items.containsKey(key) ? items.get(key) : under.peek(key);
    }

    @Override
    public boolean isUnknown(ItemKey key) {
        return !items.containsKey(key) && under.isUnknown(key);
    }

    @Override
    public boolean isUnknown(Range range) {
        return under.isUnknown(range);
    }

    @Override
    public Queried page(Range range) {
        Queried page = under.page(range);
        return new Queried(
                page.items().stream()
                        .map(item -> {
                            Item other = items.get(item.key());
                            return other == null ? item : other;
                        })
                        .toList(),
                page.more());
    }

    @Override
    public void together(Range range, List<ItemKey> keys) {
        under.together(range, keys);
    }

    @Override
    public void prefetch(Collection<ItemKey> keys) {
        under.prefetch(keys);
    }

    @Override
    public void expectAsUsualOf(ItemKey repository) {
        under.expectAsUsualOf(repository);
    }

    @Override
    public void reject(RuntimeException rejection) {
        under.reject(rejection);
    }

    @Override
    public boolean mayBe(BooleanSupplier condition) {
        return under.mayBe(condition);
    }

    @Override
    public boolean isBlind() {
        return under.isBlind();
    }

    @Override
    public void keepCost() {
        under.keepCost();
    }

    @Override
    public void dependsOn(String what) {
        under.dependsOn(what);
    }
}
