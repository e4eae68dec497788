package org.forgelog.dynamodb.operation;

import java.util.List;
import java.util.Objects;
import org.forgelog.dynamodb.protocol.Answer;
import org.forgelog.dynamodb.protocol.Constraints;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.forgelog.dynamodb.protocol.Request;
import org.forgelog.dynamodb.table.Catalog;
import org.forgelog.dynamodb.table.Table;

/** UpdateTimeToLive and DescribeTimeToLive. */
final class TimeToLiveOperations {

    private final Catalog catalog;

    TimeToLiveOperations(Catalog catalog) {
        this.catalog = catalog;
    }

    private Table table(Request request) {
        String name = request.string("TableName");
        new Constraints().tableName(name).check();
        Table table = catalog.find(String.valueOf(name));
        if (table == null) {
            throw DynamoDbError.resourceNotFound("Requested resource not found: Table: " + name + " not found");
        }
        return table;
    }

    Answer update(Request request) {
        Request specification = request.object("TimeToLiveSpecification");
        new Constraints().notNull("timeToLiveSpecification", specification).check();
        Request wanted = Objects.requireNonNull(specification);
        String attribute = wanted.string("AttributeName");
        new Constraints()
                .notNull("timeToLiveSpecification.enabled", wanted.bool("Enabled"))
                .notNull("timeToLiveSpecification.attributeName", attribute)
                .length("timeToLiveSpecification.attributeName", attribute, 1, 255)
                .check();
        Table table = table(request);
        String before = table.definition().ttlAttribute();
        boolean enable = wanted.isTrue("Enabled");
        if (enable && before != null) {
            throw DynamoDbError.validation(
                    before.equals(attribute)
                            ? "TimeToLive is already enabled"
                            : "TimeToLive is active on a different AttributeName: current AttributeName is " + before);
        }
        if (!enable && before == null) {
            throw DynamoDbError.validation("TimeToLive is already disabled");
        }
        if (!enable && !Objects.requireNonNull(before).equals(attribute)) {
            throw DynamoDbError.validation(
                    "TimeToLive is active on a different AttributeName: current AttributeName is " + before);
        }
        catalog.change(table, definition -> definition.withTtl(enable ? attribute : null), List.of());
        return Answer.of(json -> {
            json.writeName("TimeToLiveSpecification");
            json.writeStartObject();
            json.writeStringProperty("AttributeName", attribute);
            json.writeBooleanProperty("Enabled", enable);
            json.writeEndObject();
        });
    }

    Answer describe(Request request) {
        String attribute = table(request).definition().ttlAttribute();
        return Answer.of(json -> {
            json.writeName("TimeToLiveDescription");
            json.writeStartObject();
            if (attribute != null) {
                json.writeStringProperty("AttributeName", attribute);
            }
            json.writeStringProperty("TimeToLiveStatus", attribute == null ? "DISABLED" : "ENABLED");
            json.writeEndObject();
        });
    }
}
