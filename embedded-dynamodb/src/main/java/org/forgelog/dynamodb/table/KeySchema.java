package org.forgelog.dynamodb.table;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The key of a table or an index. */
public record KeySchema(KeyAttribute partition, @Nullable KeyAttribute sort) {

    public List<KeyAttribute> attributes() {
        return sort == null ? List.of(partition) : List.of(partition, sort);
    }

    public Stream<String> names() {
        return attributes().stream().map(KeyAttribute::name);
    }

    public @Nullable String sortName() {
        return sort == null ? null : sort.name();
    }
}
