package org.forgelog.query.verify;

import java.util.Map;
import java.util.Objects;
import org.forgelog.query.table.ItemKey;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The key of an item, as the table has it. */
record Key(String pk, String sk) {

    static Key of(Map<String, AttributeValue> item) {
        return new Key(text(item, "pk"), text(item, "sk"));
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name).s();
    }

    static Key of(ItemKey key) {
        return new Key(key.pk(), key.sk());
    }

    /** A number as keys have it, in 19 digits. */
    static String digits(long number) {
        String text = "0000000000000000000" + number;
        return text.substring(text.length() - 19);
    }

    Map<String, AttributeValue> attributes() {
        return Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk));
    }

    /** What only the engine itself keeps there, and no event says. */
    boolean isOfTheEngine() {
        return pk.equals("PROGRESS") || pk.equals("STOP");
    }

    /** Whether it is the place where an issue is found by a label or an assignee. */
    boolean isEdge() {
        return pk.startsWith("LAB#") || pk.startsWith("MIL#") || pk.startsWith("ASG#");
    }

    /** Of an edge, the id of what it leads to, in 19 digits. */
    String target() {
        return sk.substring(sk.lastIndexOf('#') + 1);
    }

    /** Whether it holds counts that several sequences add to. */
    boolean isCount() {
        return (pk.startsWith("A#") && sk.equals("C")) || (pk.startsWith("R#") && sk.equals("F"));
    }

    /** Whether it is a name, which passes from one sequence to another. */
    boolean isName() {
        return pk.startsWith("L#") || pk.startsWith("N#");
    }

    @Override
    public String toString() {
        return pk + " / " + sk;
    }
}
