package org.forgelog.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.forgelog.domain.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the description says that a parameter may be is what is taken, and nothing else. */
class ParametersTest {

    /** Those of reads: what operators send is parsed where it is used. */
    static Stream<Parameter<?>> parameters() {
        return Catalogue.operations()
                .filter(Operation::isRead)
                .filter(operation -> !operation.path().startsWith("/operator"))
                .flatMap(operation -> operation.parameters().stream())
                .distinct();
    }

    private static Map<?, ?> schema(Parameter<?> parameter) {
        return (Map<?, ?>) parameter.json().get("schema");
    }

    private static List<?> words(Parameter<?> parameter) {
        return schema(parameter).get("enum") instanceof List<?> words ? words : List.of();
    }

    @Test
    void thereAreParameters() {
        assertThat(parameters().count()).isGreaterThan(40);
        assertThat(parameters().filter(parameter -> !words(parameter).isEmpty()).count())
                .isGreaterThan(15);
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void whatCountsWhenNothingWasSentIsTheDescribedDefault(Parameter<?> parameter) {
        Object otherwise = schema(parameter).get("default");
        if (otherwise != null) {
            assertThat(parameter.parse("Thing", null)).isEqualTo(parameter.parse("Thing", otherwise.toString()));
        } else if (!parameter.isInPath()) {
            assertThat(parameter.parse("Thing", null)).isIn(null, List.of(), true);
        }
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void eachDescribedWordIsTakenAndNoOther(Parameter<?> parameter) {
        List<?> words = words(parameter);
        words.forEach(word -> parameter.parse("Thing", word.toString()));
        if (!words.isEmpty()) {
            assertThatThrownBy(() -> parameter.parse("Thing", "no-such-word"))
                    .isInstanceOf(Rejection.class)
                    .extracting(e -> ((Rejection) e).code())
                    .isEqualTo(Rejection.Code.INVALID);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-3, 1", "1, 1", "100, 100", "101, 100", "99999999999999999999, 100", "x, 30", "1.5, 30"})
    void aPageHasFromOneToAHundredEntries(String text, int entries) {
        assertThat(Parameters.PER_PAGE.parse("Page", text)).isEqualTo(entries);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "9007199254740992", "99999999999999999999", "1x", "''"})
    void whatIsNoIdIsNotFound(String text) {
        assertThatThrownBy(() -> Parameters.ISSUE_NUMBER.parse("Issue", text))
                .isInstanceOf(Rejection.class)
                .extracting(e -> ((Rejection) e).code())
                .isEqualTo(Rejection.Code.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({"2026-01-31T12:00:00Z", "2026-01-31T14:00:00+02:00", "2026-01-31T14:00:00 02:00"})
    void aMomentIsTakenFromAnyZone(String text) {
        assertThat(Parameters.SINCE.parse("Issue", text)).hasToString("2026-01-31T12:00:00Z");
    }
}
