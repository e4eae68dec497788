package org.forgelog.query.table;

/** The primary key of an item. Only {@link Keys} decides what stands in it. */
public record ItemKey(String pk, String sk) {

    @Override
    public String toString() {
        return pk + " / " + sk;
    }
}
