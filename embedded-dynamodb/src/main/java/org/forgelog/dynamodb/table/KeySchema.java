package org.forgelog.dynamodb.table;

import java.util.List;
import java.util.stream.Stream;

/**
 * The key of a table or an index. Global indexes may have several attributes for each part.
 *
 * @param partition one attribute, of a global index up to four
 * @param sort none or one, of a global index up to four
 */
public record KeySchema(List<KeyAttribute> partition, List<KeyAttribute> sort) {

    public List<KeyAttribute> attributes() {
        return Stream.concat(partition.stream(), sort.stream()).toList();
    }

    public Stream<String> names() {
        return attributes().stream().map(KeyAttribute::name);
    }
}
