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
final class ScenarioRunner {

    /** Longest path that is printed whole; cursors are longer. */
    private static final int LONGEST_PATH = 110;

    private final Service service;
    private final People people;
    private final Checks checks;
    private final PrintWriter out;
    private final List<Map<String, Object>> report = new ArrayList<>();

    ScenarioRunner(Service service, People people, Checks checks, PrintWriter out) {
        this.service = service;
        this.people = people;
        this.checks = checks;
        this.out = out;
    }

    void play(Scenario scenario) {
        Answer answer = play(scenario, scenario.path(), scenario.expected());
        Optional<String> next = answer.nextPage();
        if (scenario.nextPage() == null) {
            checks.check(next.isEmpty(), "GET " + scenario.path() + " links to a next page");
        } else if (checks.check(next.isPresent(), "GET " + scenario.path() + " links to no next page")) {
            play(scenario, next.orElseThrow(), scenario.nextPage());
        }
    }

    private Answer play(Scenario scenario, String path, List<List<Object>> expected) {
        String token = scenario.reader() == null ? null : people.token(scenario.reader());
        Answer answer = service.get(path, token);
        String request = "GET " + shortened(path.replace(service.url().toString(), ""));

        List<List<Object>> rows =
                answer.status() == scenario.status() ? scenario.rows().apply(answer) : List.of();
        boolean statusRight = checks.check(
                answer.status() == scenario.status(),
                request + " was answered " + answer.status() + " (" + answer.message() + ")");
        boolean rowsRight = checks.check(
                !statusRight || rows.equals(expected), request + " answered " + rows + " instead of " + expected);
        // What a 404 cost is not told: it might tell what is not there from what must not be seen.
        boolean costRight = checks.check(
                !statusRight
                        || scenario.status() == 404
                        || answer.cost()
                                .map(Cost::pattern)
                                .filter(p -> p == scenario.pattern())
                                .isPresent(),
                request + " was counted as "
                        + answer.cost().map(c -> "pattern " + c.pattern()).orElse("nothing"));
        print(scenario, request, answer, rows, statusRight && rowsRight && costRight);
        return answer;
    }

    private void print(Scenario scenario, String request, Answer answer, List<List<Object>> rows, boolean right) {
        String reader =
                scenario.reader() == null ? "" : "   (as " + scenario.reader().login() + ")";
        out.println();
        out.println("Pattern " + scenario.pattern() + ": " + scenario.title() + (right ? "" : "   <-- WRONG"));
        out.println("  " + request + reader);
        out.println("  " + answer.status() + "; "
                + answer.cost().map(Cost::toString).orElse("cost not told"));
        Table table = new Table(scenario.headings().toArray(String[]::new));
        rows.forEach(row -> table.row(row.toArray()));
        table.lines("    ").forEach(out::println);
        report.add(entry(scenario, request, answer, rows, right));
    }

    private static Map<String, Object> entry(
            Scenario scenario, String request, Answer answer, List<List<Object>> rows, boolean right) {
        @Nullable Cost cost = answer.cost().orElse(null);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("pattern", scenario.pattern());
        entry.put("title", scenario.title());
        entry.put("request", request);
        entry.put("status", answer.status());
        if (cost != null) {
            entry.put("rounds", cost.rounds());
            entry.put("requests", cost.requests());
            entry.put("read_units", cost.readUnits());
        }
        entry.put("right", right);
        entry.put("columns", scenario.headings());
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
