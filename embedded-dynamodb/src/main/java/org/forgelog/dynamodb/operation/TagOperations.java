package org.forgelog.dynamodb.operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.forgelog.dynamodb.protocol.Answer;
import org.forgelog.dynamodb.protocol.Constraints;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.forgelog.dynamodb.protocol.Request;
import org.forgelog.dynamodb.table.Catalog;
import org.forgelog.dynamodb.table.Table;

/** TagResource, UntagResource and ListTagsOfResource. */
final class TagOperations {

    private static final int MOST_TAGS = 50;

    private final Catalog catalog;
    private final TableDescriptions descriptions;

    TagOperations(Catalog catalog, TableDescriptions descriptions) {
        this.catalog = catalog;
        this.descriptions = descriptions;
    }

    /** The tags that a request gives. */
    static Map<String, String> tags(Request request) {
        Map<String, String> tags = new LinkedHashMap<>();
        List<Request> given = request.objects("Tags");
        if (given != null) {
            for (int i = 0; i < given.size(); i++) {
                String at = "tags." + (i + 1) + ".member.";
                String key = given.get(i).string("Key");
                String value = given.get(i).string("Value");
                new Constraints()
                        .notNull(at + "key", key)
                        .length(at + "key", key, 1, 128)
                        .notNull(at + "value", value)
                        .length(at + "value", value, 0, 256)
                        .check();
                tags.put(Objects.requireNonNull(key), Objects.requireNonNull(value));
            }
        }
        return tags;
    }

    private Table resource(Request request) {
        String arn = request.string("ResourceArn");
        new Constraints()
                .notNull("resourceArn", arn)
                .length("resourceArn", arn, 1, 1_283)
                .check();
        if (!Objects.requireNonNull(arn).startsWith("arn:aws") || !arn.contains(":table/")) {
            throw DynamoDbError.validation("Invalid TableArn: Invalid ResourceArn provided as input " + arn);
        }
        Table table = catalog.find(arn);
        if (table == null || !arn.equals(descriptions.arn(table.name()))) {
            // AWS does not tell whether there is such a resource.
            throw DynamoDbError.accessDenied(arn);
        }
        return table;
    }

    Answer tag(Request request) {
        new Constraints().notNull("tags", request.objects("Tags")).check();
        Map<String, String> added = tags(request);
        Table table = resource(request);
        Map<String, String> tags = new LinkedHashMap<>(table.definition().tags());
        tags.putAll(added);
        if (tags.size() > MOST_TAGS) {
            throw DynamoDbError.validation("One or more parameter values were invalid: Too many tags: " + tags.size()
                    + " exceeds the limit of " + MOST_TAGS);
        }
        catalog.change(table, definition -> definition.withTags(tags), List.of());
        return Answer.of(json -> {});
    }

    Answer untag(Request request) {
        List<String> keys = request.strings("TagKeys");
        new Constraints().notNull("tagKeys", keys).check();
        Table table = resource(request);
        Map<String, String> tags = new LinkedHashMap<>(table.definition().tags());
        Objects.requireNonNull(keys).forEach(tags::remove);
        catalog.change(table, definition -> definition.withTags(tags), List.of());
        return Answer.of(json -> {});
    }

    Answer list(Request request) {
        Table table = resource(request);
        return Answer.of(json -> TableDescriptions.tags(table.definition().tags(), json));
    }
}
