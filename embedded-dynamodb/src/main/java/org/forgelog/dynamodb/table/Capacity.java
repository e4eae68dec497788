package org.forgelog.dynamodb.table;

import java.util.Map;
import java.util.TreeMap;

/**
 * Capacity units that a request takes of one table and its indexes.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">Read and write
 *     operations</a>
 */
public final class Capacity {

    private static final int READ_BYTES = 4 * 1024;
    private static final int WRITE_BYTES = 1024;

    private double table;
    private final Map<String, Double> local = new TreeMap<>();
    private final Map<String, Double> global = new TreeMap<>();

    /** Units of reading so many bytes together, at least those of one block. */
    public static double read(long bytes, boolean consistent) {
        double blocks = Math.max(1, (bytes + READ_BYTES - 1) / READ_BYTES);
        return consistent ? blocks : blocks / 2;
    }

    /** Units of writing an item of that size. */
    public static double write(long bytes) {
        return Math.max(1, (bytes + WRITE_BYTES - 1) / WRITE_BYTES);
    }

    public void addTable(double units) {
        table += units;
    }

    public void addIndex(IndexDefinition index, double units) {
        if (units > 0) {
            (index.global() ? global : local).merge(index.name(), units, Double::sum);
        }
    }

    /** Adds what another one has. */
    public void add(Capacity other) {
        table += other.table;
        other.local.forEach((name, units) -> local.merge(name, units, Double::sum));
        other.global.forEach((name, units) -> global.merge(name, units, Double::sum));
    }

    /** Makes it twice as much: the price of a transaction. */
    public void twice() {
        table *= 2;
        local.replaceAll((name, units) -> units * 2);
        global.replaceAll((name, units) -> units * 2);
    }

    public double table() {
        return table;
    }

    public Map<String, Double> local() {
        return local;
    }

    public Map<String, Double> global() {
        return global;
    }

    public double total() {
        return table
                + local.values().stream().mapToDouble(units -> units).sum()
                + global.values().stream().mapToDouble(units -> units).sum();
    }
}
