package org.forgelog.cli.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.forgelog.cli.Answer;
import org.forgelog.cli.Cost;
import org.forgelog.cli.Service;
import org.forgelog.cli.Table;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Sends the reads of the demo, prints what came back and checks it. */
final class Stage {

    /** Longest path that is printed whole; cursors are longer. */
    private static final int LONGEST_PATH = 110;

    private final Service service;
    private final People people;
    private final Checks checks;
    private final PrintWriter out;
    private final List<Map<String, Object>> report = new ArrayList<>();

    Stage(Service service, People people, Checks checks, PrintWriter out) {
        this.service = service;
        this.people = people;
        this.checks = checks;
        this.out = out;
    }

    void play(Show show) {
        Answer answer = play(show, show.path(), show.expected());
        Optional<String> next = answer.nextPage();
        if (show.nextPage() == null) {
            checks.check(next.isEmpty(), "GET " + show.path() + " links to a next page");
        } else if (checks.check(next.isPresent(), "GET " + show.path() + " links to no next page")) {
            play(show, next.orElseThrow(), show.nextPage());
        }
    }

    private Answer play(Show show, String path, List<List<Object>> expected) {
        String token = show.reader() == null ? null : people.token(show.reader());
        Answer answer = service.get(path, token);
        String request = "GET " + shortened(path.replace(service.url().toString(), ""));

        List<List<Object>> rows = answer.status() == show.status() ? show.rows().apply(answer) : List.of();
        boolean statusRight = checks.check(
                answer.status() == show.status(),
                request + " was answered " + answer.status() + " (" + answer.message() + ")");
        boolean rowsRight = checks.check(
                !statusRight || rows.equals(expected), request + " answered " + rows + " instead of " + expected);
        // What a 404 cost is not told: it might tell what is not there from what must not be seen.
        boolean costRight = checks.check(
                !statusRight
                        || show.status() == 404
                        || answer.cost()
                                .map(Cost::pattern)
                                .filter(p -> p == show.pattern())
                                .isPresent(),
                request + " was counted as "
                        + answer.cost().map(c -> "pattern " + c.pattern()).orElse("nothing"));
        print(show, request, answer, rows, statusRight && rowsRight && costRight);
        return answer;
    }

    private void print(Show show, String request, Answer answer, List<List<Object>> rows, boolean right) {
        String reader = show.reader() == null ? "" : "   (as " + show.reader().login() + ")";
        out.println();
        out.println("Pattern " + show.pattern() + ": " + show.title() + (right ? "" : "   <-- WRONG"));
        out.println("  " + request + reader);
        out.println("  " + answer.status() + "; "
                + answer.cost().map(Cost::toString).orElse("cost not told"));
        Table table = new Table(show.headings().toArray(String[]::new));
        rows.forEach(row -> table.row(row.toArray()));
        table.lines("    ").forEach(out::println);
        report.add(entry(show, request, answer, rows, right));
    }

    private static Map<String, Object> entry(
            Show show, String request, Answer answer, List<List<Object>> rows, boolean right) {
        @Nullable Cost cost = answer.cost().orElse(null);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("pattern", show.pattern());
        entry.put("title", show.title());
        entry.put("request", request);
        entry.put("status", answer.status());
        if (cost != null) {
            entry.put("rounds", cost.rounds());
            entry.put("requests", cost.requests());
            entry.put("read_units", cost.readUnits());
        }
        entry.put("right", right);
        entry.put("columns", show.headings());
        entry.put("rows", rows);
        return entry;
    }

    /** Everything played so far, as JSON. */
    String report() {
        return JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(Map.of("reads", report, "checks", checks.made(), "wrong", checks.wrong()));
    }

    private static String shortened(String path) {
        return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH - 1) + "…";
    }
}
