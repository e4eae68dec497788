package org.forgelog.cli.demo;

import java.util.List;
import java.util.function.Function;
import org.forgelog.cli.Answer;
import org.forgelog.cli.demo.People.Person;
import org.jspecify.annotations.Nullable;

/**
 * One read that shows an access pattern, and what its answer must hold.
 *
 * @param pattern number in the catalogue of access patterns
 * @param reader whose token goes with it, {@code null} for nobody's
 * @param headings of the table that the answer is shown as
 * @param rows makes the table's rows of an answer
 * @param expected the rows that are right
 * @param status the HTTP status that is right
 * @param nextPage the rows of the page that the answer must link to, {@code null} when there must be none
 */
record Scenario(
        int pattern,
        String title,
        @Nullable Person reader,
        String path,
        List<String> headings,
        Function<Answer, List<List<Object>>> rows,
        List<List<Object>> expected,
        int status,
        @Nullable List<List<Object>> nextPage) {

    static Scenario of(
            int pattern,
            String title,
            String path,
            List<String> headings,
            Function<Answer, List<List<Object>>> rows,
            List<List<Object>> expected) {
        return new Scenario(pattern, title, null, path, headings, rows, expected, 200, null);
    }

    Scenario as(Person person) {
        return new Scenario(pattern, title, person, path, headings, rows, expected, status, nextPage);
    }

    Scenario answering(int expectedStatus) {
        return new Scenario(pattern, title, reader, path, headings, rows, expected, expectedStatus, nextPage);
    }

    Scenario followedBy(List<List<Object>> nextRows) {
        return new Scenario(pattern, title, reader, path, headings, rows, expected, status, nextRows);
    }
}
