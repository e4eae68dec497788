package org.forgelog.query.read;

import java.util.EnumMap;
import java.util.Map;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How often each reaction was given to what an item is. */
final class ReactionTotals {

    private ReactionTotals() {}

    static Map<ReactionContent, Long> of(Item item) {
        Map<String, AttributeValue> counts = item.map(Attr.REACTIONS);
        Map<ReactionContent, Long> totals = new EnumMap<>(ReactionContent.class);
        for (ReactionContent content : ReactionContent.values()) {
            AttributeValue count = counts.get(content.key());
            if (count != null) {
                totals.put(content, Long.valueOf(count.n()));
            }
        }
        return totals;
    }
}
