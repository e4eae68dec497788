package org.forgelog.query.table;

/** Where an item is found in an index. */
public record IndexKey(Index index, String pk, String sk) {}
