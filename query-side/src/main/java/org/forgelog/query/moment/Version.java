package org.forgelog.query.moment;

import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.table.Item;
import org.jspecify.annotations.Nullable;

/**
 * What an event made of an item.
 *
 * @param item {@code null} when it was deleted
 * @param body its long body, where it has one
 */
public record Version(StoredEvent event, @Nullable Item item, @Nullable Item body) {}
