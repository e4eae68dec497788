package org.forgelog.dynamodb.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Keys of the store sort as DynamoDB sorts the values, and numbers have one canonical form. */
class OrderTest {

    @Provide
    Arbitrary<BigDecimal> numbers() {
        Arbitrary<BigInteger> digits = Arbitraries.bigIntegers()
                .between(
                        BigInteger.TEN.pow(38).negate().add(BigInteger.ONE),
                        BigInteger.TEN.pow(38).subtract(BigInteger.ONE));
        return Combinators.combine(digits, Arbitraries.integers().between(-80, 80))
                .as(BigDecimal::new);
    }

    @Property
    void numbersSortAsNumbers(@ForAll("numbers") BigDecimal one, @ForAll("numbers") BigDecimal other) {
        AttributeValue a = number(one);
        AttributeValue b = number(other);
        assertThat(Integer.signum(Arrays.compareUnsigned(KeyBytes.component(a), KeyBytes.component(b))))
                .isEqualTo(Integer.signum(one.compareTo(other)));
        assertThat(a.equals(b)).isEqualTo(one.compareTo(other) == 0);
    }

    private static AttributeValue number(BigDecimal number) {
        return new AttributeValue.N(Numbers.canonical(number.toString()));
    }

    @Property
    void textsSortAsBytesAndNoneBeginsAnother(@ForAll String one, @ForAll String other) {
        byte[] a = KeyBytes.component(new AttributeValue.S(one));
        byte[] b = KeyBytes.component(new AttributeValue.S(other));
        int expected =
                Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
        assertThat(Integer.signum(Arrays.compareUnsigned(a, b))).isEqualTo(Integer.signum(expected));
        if (expected != 0) {
            assertThat(Arrays.equals(a, 0, Math.min(a.length, b.length), b, 0, Math.min(a.length, b.length)))
                    .isFalse();
        }
    }

    @Property
    void anEntryLeadsToItsItem(@ForAll byte[] pk, @ForAll byte[] sk, @ForAll byte[] indexPk, @ForAll byte[] indexSk) {
        byte[] item = KeyBytes.item(7, bytes(pk), bytes(sk));
        byte[] entry = KeyBytes.entry(9, bytes(indexPk), bytes(indexSk), item);
        assertThat(KeyBytes.itemOfEntry(entry, 2, 7)).isEqualTo(item);
    }

    private static byte[] bytes(byte[] raw) {
        return KeyBytes.component(new AttributeValue.B(new Bytes(raw)));
    }

    @Property
    void segmentsCoverTheSpaceWithoutOverlap(@ForAll("segments") int segments) {
        for (int i = 0; i < segments; i++) {
            assertThat(Arrays.compareUnsigned(
                            KeyBytes.segmentStart(5, i, segments), KeyBytes.segmentStart(5, i + 1, segments)))
                    .isLessThanOrEqualTo(0);
        }
        assertThat(KeyBytes.segmentStart(5, 0, segments)).startsWith(KeyBytes.space(5));
        assertThat(KeyBytes.segmentStart(5, segments, segments)).isEqualTo(KeyBytes.space(6));
    }

    @Provide
    Arbitrary<Integer> segments() {
        return Arbitraries.integers().between(1, 2_000);
    }

    @Test
    void numbersHaveOneForm() {
        Map.of("1.50", "1.5", "00042", "42", "-0", "0", "1E2", "100", "-1.0e-3", "-0.001", "+7", "7")
                .forEach((written, canonical) ->
                        assertThat(Numbers.canonical(written)).isEqualTo(canonical));
        for (String wrong : List.of(
                "",
                "abc",
                "1e",
                "0x10",
                "1 ",
                "NaN",
                "1".repeat(39),
                "1e126",
                "1e-131",
                "1e9999999999",
                "9".repeat(100_000))) {
            assertThatThrownBy(() -> Numbers.canonical(wrong)).isInstanceOf(InvalidValueException.class);
        }
    }

    /** Examples of the developer guide, and what was measured on AWS. */
    @Test
    void sizesAreThoseOfAws() {
        assertThat(ItemSize.of(Map.of("pk", new AttributeValue.S("hello")))).isEqualTo(7);
        assertThat(Numbers.size("0")).isEqualTo(1);
        assertThat(Numbers.size("100")).isEqualTo(2);
        assertThat(Numbers.size("12345")).isEqualTo(4);
        assertThat(Numbers.size("-12.5")).isEqualTo(4);
        assertThat(Numbers.size("0.001")).isEqualTo(2);
        assertThat(ItemSize.of(
                        new AttributeValue.L(List.of(new AttributeValue.S("ab"), new AttributeValue.Bool(true)))))
                .isEqualTo(3 + 2 + 1 + 1 + 1);
        assertThat(ItemSize.utf8("\u00e4\u20ac\ud83d\ude00")).isEqualTo(2 + 3 + 4);
    }
}
