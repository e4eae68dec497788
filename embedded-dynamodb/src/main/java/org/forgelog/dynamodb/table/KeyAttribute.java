package org.forgelog.dynamodb.table;

import org.forgelog.dynamodb.item.AttributeValue;

/**
 * An attribute that is a part of a key.
 *
 * @param type {@code S}, {@code N} or {@code B}
 */
public record KeyAttribute(String name, String type) {

    boolean accepts(AttributeValue value) {
        return value.typeName().equals(type);
    }
}
