package org.forgelog.query.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemSizeTest {

    @Test
    void textsCountTheirBytes() {
        assertThat(ItemSize.of(Map.of("ab", Item.text("füñ")))).isEqualTo(2 + 5);
        assertThat(ItemSize.of(Map.of("a", Item.text("€🐙")))).isEqualTo(1 + 3 + 4);
    }

    @Test
    void numbersCountHalfAByteForEachDigit() {
        assertThat(ItemSize.of(Map.of("n", Item.whole(1)))).isEqualTo(1 + 2);
        assertThat(ItemSize.of(Map.of("n", Item.whole(1234567)))).isEqualTo(1 + 5);
    }

    @Test
    void structuresCountThreeAndOneForEachElement() {
        AttributeValue list = AttributeValue.fromL(List.of(AttributeValue.fromBool(true), Item.text("ab")));
        assertThat(ItemSize.of(Map.of("l", list))).isEqualTo(1 + 3 + 1 + 1 + 1 + 2);
        AttributeValue map = AttributeValue.fromM(Map.of("k", AttributeValue.fromBool(true)));
        assertThat(ItemSize.of(Map.of("m", map))).isEqualTo(1 + 3 + 1 + 1 + 1);
    }

    @Test
    void whatChangesInAnItemIsCountedAsIfItWereCountedAnew() {
        Item item = Item.of(Keys.repository(1), ItemType.REPOSITORY);
        assertThat(ItemSize.of(item)).isEqualTo(ItemSize.of(item.attributes()));
        Item longer = item.with("title", "a title").with("stars", 12_345L);
        Item changed = longer.with("title", "another title").without("stars").without("never there");
        for (Item each : List.of(longer, changed)) {
            assertThat(ItemSize.of(each)).isEqualTo(ItemSize.of(each.attributes()));
        }
    }

    @Test
    void unitsAreRoundedUp() {
        assertThat(ItemSize.readUnits(0, false)).isEqualTo(0.5);
        assertThat(ItemSize.readUnits(4096, true)).isEqualTo(1);
        assertThat(ItemSize.readUnits(4097, false)).isEqualTo(1);
        assertThat(ItemSize.writeUnits(1024)).isEqualTo(1);
        assertThat(ItemSize.writeUnits(1025)).isEqualTo(2);
    }
}
