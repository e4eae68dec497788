package org.forgelog.query.table;

/** The primary key of an item. Only {@link Keys} decides what stands in it. */
public record ItemKey(String pk, String sk) {

    /**
     * Most bytes of a partition key and of a sort key.
     *
     * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">AWS</a>
     */
    private static final int LARGEST_PK = 2048;

    private static final int LARGEST_SK = 1024;

    /** Whether DynamoDB takes it as a key; a request that bears another one is refused as a whole, even a read. */
    public boolean isPossible() {
        return ItemSize.utf8(pk) <= LARGEST_PK && ItemSize.utf8(sk) <= LARGEST_SK;
    }

    @Override
    public String toString() {
        return pk + " / " + sk;
    }
}
