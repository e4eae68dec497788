package org.forgelog.query.read;

import java.util.List;
import org.forgelog.query.table.Item;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next where the next page begins; {@code null} on the last one
 * @param previous where the page before lies; {@code null} on the first one
 */
public record Page(List<Item> items, @Nullable Cursor next, @Nullable Cursor previous) {}
