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
    /** Characters that are shown of a part. */
    private static final int SHOWN = 100;

    /** Whether DynamoDB takes it as a key; a request that bears another one is refused as a whole, even a read. */
    public boolean isPossible() {
        return fits(pk, LARGEST_PK) && fits(sk, LARGEST_SK);
    }

    private static boolean fits(String text, int bytes) {
        // No character takes more than three bytes for each of its Java chars.
        return 3 * text.length() <= bytes || ItemSize.utf8(text) <= bytes;
    }

    /** As people read it: what is very long is cut short. */
    @Override
    public String toString() {
        return shown(pk) + " / " + shown(sk);
    }

    private static String shown(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    }
}
