package org.forgelog.query.read;

/**
 * Where a page begins.
 *
 * @param backward whether the page lies before the place rather than after it
 * @param suffix the place: what orders the entry next to the page within its span
 */
public record Cursor(boolean backward, String suffix) {}
