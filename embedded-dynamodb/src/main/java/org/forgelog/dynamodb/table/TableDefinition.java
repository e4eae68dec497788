package org.forgelog.dynamodb.table;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of a table beside its items.
 *
 * @param id a UUID
 * @param space number of the items' space in the store
 * @param attributes types of all key attributes, of table and indexes, by name
 * @param createdAt milliseconds since 1970
 * @param onDemand whether it is billed by request
 * @param readUnits provisioned, 0 on demand
 * @param writeUnits provisioned, 0 on demand
 * @param ttlAttribute the attribute with the second since 1970 at which an item expires
 * @param deletionProtected whether DeleteTable refuses it
 */
public record TableDefinition(
        String name,
        String id,
        int space,
        KeySchema key,
        Map<String, String> attributes,
        List<IndexDefinition> indexes,
        long createdAt,
        boolean onDemand,
        long readUnits,
        long writeUnits,
        @Nullable String ttlAttribute,
        boolean deletionProtected,
        String tableClass,
        Map<String, String> tags) {

    public @Nullable IndexDefinition index(String indexName) {
        return indexes.stream()
                .filter(index -> index.name().equals(indexName))
                .findFirst()
                .orElse(null);
    }

    public TableDefinition withIndexes(List<IndexDefinition> changed, Map<String, String> changedAttributes) {
        return new TableDefinition(
                name,
                id,
                space,
                key,
                changedAttributes,
                changed,
                createdAt,
                onDemand,
                readUnits,
                writeUnits,
                ttlAttribute,
                deletionProtected,
                tableClass,
                tags);
    }

    public TableDefinition withBilling(boolean byRequest, long read, long write) {
        return new TableDefinition(
                name,
                id,
                space,
                key,
                attributes,
                indexes,
                createdAt,
                byRequest,
                read,
                write,
                ttlAttribute,
                deletionProtected,
                tableClass,
                tags);
    }

    public TableDefinition withTtl(@Nullable String attribute) {
        return new TableDefinition(
                name,
                id,
                space,
                key,
                attributes,
                indexes,
                createdAt,
                onDemand,
                readUnits,
                writeUnits,
                attribute,
                deletionProtected,
                tableClass,
                tags);
    }

    public TableDefinition withSettings(boolean protectedNow, String newClass) {
        return new TableDefinition(
                name,
                id,
                space,
                key,
                attributes,
                indexes,
                createdAt,
                onDemand,
                readUnits,
                writeUnits,
                ttlAttribute,
                protectedNow,
                newClass,
                tags);
    }

    public TableDefinition withTags(Map<String, String> changed) {
        return new TableDefinition(
                name,
                id,
                space,
                key,
                attributes,
                indexes,
                createdAt,
                onDemand,
                readUnits,
                writeUnits,
                ttlAttribute,
                deletionProtected,
                tableClass,
                changed);
    }
}
