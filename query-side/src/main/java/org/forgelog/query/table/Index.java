package org.forgelog.query.table;

import java.util.Locale;

/** The overloaded global secondary indexes: what an item is found by there is decided by its {@link Keys}. */
public enum Index {
    GSI1,
    GSI2,
    GSI3,
    GSI4;

    /** The index as the table names it. */
    public String indexName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The attribute that holds this index's partition key. */
    public String pk() {
        return indexName() + "pk";
    }

    /** The attribute that holds this index's sort key. */
    public String sk() {
        return indexName() + "sk";
    }
}
