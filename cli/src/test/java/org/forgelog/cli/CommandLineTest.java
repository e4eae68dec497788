package org.forgelog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
    private StubService service;

    @TempDir
    Path data;

    @BeforeEach
    void start() throws IOException {
        service = new StubService();
        environment.put("FORGELOG_URL", service.url());
        environment.put("FORGELOG_DATA", data.toString());
        environment.put("FORGELOG_TOKEN", "secret");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private int forgelog(String... args) {
        return forgelog(Terminal.NONE, args);
    }

    private int forgelog(Terminal terminal, String... args) {
        return Main.run(environment, terminal, new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    /** A terminal on which somebody types {@code answer}. */
    private static Terminal typing(String answer) {
        return new Terminal(false, false, new BufferedReader(new StringReader(answer + "\n")));
    }

    /** What was said about what went wrong, in one line. */
    private String complaint() {
        return err.toString().replaceAll("\\s+", " ");
    }

    @Test
    void withoutACommandTheHelpIsShown() {
        assertThat(forgelog()).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("up", "demo", "replay", "directory", "status", "Exit codes:");
    }

    @Test
    void anUnknownCommandIsAUsageError() {
        assertThat(forgelog("fly")).isEqualTo(ExitCodes.USAGE);
        assertThat(complaint()).contains("fly");
    }

    @Test
    void anAddressWhereNothingAnswersIsNamed() throws IOException {
        int unused;
        try (ServerSocket socket = new ServerSocket(0)) {
            unused = socket.getLocalPort();
        }
        String url = "http://127.0.0.1:" + unused;
        assertThat(forgelog("replay", "status", "--url", url)).isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(complaint()).contains("nothing answers at " + url).doesNotContain("Exception");
    }

    @Test
    void anAddressThatIsNoneIsAUsageError() {
        assertThat(forgelog("replay", "status", "--url", "not an address")).isEqualTo(ExitCodes.USAGE);
        assertThat(complaint()).contains("'not an address'");
    }

    @Test
    void aRefusedTokenIsSaidToBeRefused() {
        service.answer("POST /operator/replay/start", 401, "{\"message\": \"Bad credentials\"}");
        assertThat(forgelog("replay", "start")).isEqualTo(ExitCodes.REFUSED);
        assertThat(complaint()).contains("refused the token", "Bad credentials");
    }

    @Test
    void theTokenComesFromTheOptionThenTheEnvironmentThenTheDataFolder() throws IOException {
        service.answer(
                "POST /admin/directory/verify", 202, done("{\"events\": 0, \"differences\": 0, \"examples\": []}"));
        environment.put("FORGELOG_ADMIN_TOKEN", "of-the-administrator");
        Files.writeString(data.resolve("admin-token"), "of-the-folder\n");
        List<String> sources = new ArrayList<>(List.of("FORGELOG_TOKEN", "FORGELOG_ADMIN_TOKEN"));

        assertThat(forgelog("directory", "verify", "--token", "of-the-option")).isZero();
        assertThat(forgelog("directory", "verify")).isZero();
        sources.forEach(source -> {
            environment.remove(source);
            assertThat(forgelog("directory", "verify")).isZero();
        });

        assertThat(service.tokens)
                .containsExactly(
                        "Bearer of-the-option", "Bearer secret", "Bearer of-the-administrator", "Bearer of-the-folder");
    }

    @Test
    void withoutATokenItSaysWhereItLooked() {
        environment.remove("FORGELOG_TOKEN");
        assertThat(forgelog("directory", "verify")).isEqualTo(ExitCodes.REFUSED);
        assertThat(complaint()).contains("--token", data.resolve("admin-token").toString());
        assertThat(service.requests).isEmpty();
    }

    @Test
    void theTokenOfTheDataFolderStaysOnThisMachine() throws IOException {
        environment.remove("FORGELOG_TOKEN");
        Files.writeString(data.resolve("admin-token"), "of-the-folder\n");
        assertThat(forgelog("directory", "verify", "--url", "http://192.0.2.1:1"))
                .isEqualTo(ExitCodes.REFUSED);
        assertThat(complaint()).contains("only used for a service on this machine");
    }

    @Test
    void aReplayIsWatchedToItsEnd() {
        service.answer("POST /operator/replay", 202, "{\"state\": \"running\", \"done\": 0, \"total\": 10000}")
                .answer("GET /operator/replay", 200, "{\"state\": \"running\", \"done\": 5000, \"total\": 10000}")
                .answer("GET /operator/replay", 200, "{\"state\": \"done\", \"done\": 10000, \"total\": 10000}");
        assertThat(forgelog("replay", "in-place", "--yes")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("10,000 of 10,000 events, 100%").doesNotContain("\r");
    }

    @Test
    void aReplayThatFailsEndsWithOne() {
        service.answer("POST /operator/replay", 202, "{\"state\": \"running\", \"done\": 0, \"total\": 3}")
                .answer("GET /operator/replay", 200, "{\"state\": \"failed\", \"error\": \"the table is gone\"}");
        assertThat(forgelog("replay", "in-place", "--yes")).isEqualTo(ExitCodes.WRONG);
        assertThat(complaint()).contains("the table is gone");
    }

    @Test
    void aReplayInJsonPrintsItsLastStateOnly() {
        service.answer("POST /operator/replay", 202, "{\"state\": \"done\", \"done\": 3, \"total\": 3}");
        assertThat(forgelog("replay", "in-place", "-y", "--json")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString().strip()).isEqualTo("{\"state\":\"done\",\"done\":3,\"total\":3}");
    }

    private static String tables(String state, int done) {
        return """
                {"head": 10, "events_total": 10, "nodes": [{"name": "n"}], "tables": [
                  {"name": "forgelog", "state": "serving", "position": 10, "lag": 0, "rate": 0.0, "seconds_left": 0,
                   "leader": "n", "read_by": ["n"], "stopped": [], "events_done": 10},
                  {"name": "forgelog-2", "state": "%s", "position": %d, "lag": %d, "rate": 1.0, "seconds_left": null,
                   "leader": null, "read_by": [], "stopped": [], "events_done": %d}]}"""
                .formatted(state, done, 10 - done, done);
    }

    @Test
    void aReplayBesideIsFollowedUntilTheTableIsBuilt() {
        service.answer("POST /operator/replay/start?table=forgelog-2&rate=50", 200, tables("building", 0))
                .answer("GET /operator/projections", 200, tables("building", 5))
                .answer("GET /operator/projections", 200, tables("ready", 10));
        assertThat(forgelog("replay", "start", "--into", "forgelog-2", "--rate", "50", "--follow"))
                .isEqualTo(ExitCodes.OK);
        assertThat(out.toString())
                .contains("5 of 10 events, 50%", "10 of 10 events, 100%", "forgelog-2  ready")
                .doesNotContain("\r");
    }

    @Test
    void whoProjectsWhichSegmentIsShownWhereThereAreSeveral() {
        String json =
                """
                {"head": 10, "events_total": 10, "nodes": [{"name": "n"}, {"name": "m"}], "tables": [
                  {"name": "forgelog", "state": "serving", "position": 8, "lag": 2, "rate": 0.0, "seconds_left": 0,
                   "leader": "n", "read_by": ["n", "m"], "stopped": [], "events_done": 8, "segments": [
                     {"segment": 0, "slots": 10, "position": 10, "lag": 0, "leader": "n"},
                     {"segment": 1, "slots": 6, "position": 8, "lag": 2, "leader": "m"}]}]}""";
        service.answer("GET /operator/projections", 200, json)
                .answer("GET /operator/projections", 200, json)
                .answer("GET /operator/projections", 200, tables("ready", 10));
        assertThat(forgelog("projections")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString().lines().map(line -> line.strip().replaceAll(" +", " ")))
                .contains("forgelog 0 10/16 10 0 n", "forgelog 1 6/16 8 2 m");
        out.getBuffer().setLength(0);
        assertThat(forgelog("projections", "--json")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("\"segments\":[{\"segment\":0,\"slots\":10");
        out.getBuffer().setLength(0);
        assertThat(forgelog("projections")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).doesNotContain("segment");
    }

    @Test
    void aSwitchThatIsRefusedSaysWhyAndEndsWithSix() {
        service.answer("POST /operator/replay/switch", 409, "{\"message\": \"forgelog-2 was not verified\"}");
        assertThat(forgelog("replay", "switch")).isEqualTo(ExitCodes.NOT_NOW);
        assertThat(complaint()).contains("forgelog-2 was not verified");
    }

    @Test
    void whatIsOrderedOfATableIsSentAsItIs() {
        for (String action : List.of("pause", "resume", "abort", "rollback")) {
            service.answer("POST /operator/replay/" + action + "?table=t", 200, tables("ready", 10));
            assertThat(forgelog("replay", action, "t")).isEqualTo(ExitCodes.OK);
        }
        service.answer("POST /operator/replay/drop?table=t", 200, tables("ready", 10));
        assertThat(forgelog("replay", "drop", "t", "--yes")).isEqualTo(ExitCodes.OK);
        service.answer("POST /operator/replay/switch?table=t&force=true", 200, tables("serving", 10));
        assertThat(forgelog("replay", "switch", "t", "--force", "--yes")).isEqualTo(ExitCodes.OK);
        assertThat(service.requests).hasSize(6);
    }

    @Test
    void projectionsAreWatchedAndListedInJson() {
        service.answer("GET /operator/projections", 200, tables("paused", 4));
        assertThat(forgelog("projections", "--watch", "--looks", "2")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString().lines().filter(line -> line.startsWith("forgelog-2  paused")))
                .hasSize(2);
        assertThat(forgelog("projections", "--json")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("\"events_total\":10");
    }

    @Test
    void projectionsWithStoppedSequencesEndWithOne() {
        service.answer(
                "GET /operator/projections",
                200,
                tables("ready", 10)
                        .replaceFirst(
                                "\"stopped\": \\[]",
                                "\"stopped\": [{\"sequence\": \"r:1\", \"position\": 7, \"error\": \"unknown\"}]")
                        .replace("\"head\": 10", "\"names\": {\"r:1\": \"ada/engine\"}, \"head\": 10"));
        assertThat(forgelog("projections")).isEqualTo(ExitCodes.WRONG);
        assertThat(out.toString()).contains("forgelog: ada/engine is blocked at 7: unknown");
    }

    private static final String EVENT =
            """
            {"position": %d, "event_id": "e", "aggregate_type": "issue", "aggregate_id": "issue-10-1", "sequence_number": 0,
             "type": "issue-opened", "revision": 1, "sequence": "r:10", "appended_at": "2026-01-01T00:00:00.000001Z",
             "metadata": {"actor": "a:1"},
             "payload": {"number": 7, "title": "é", "weight": 0.30000000000000004000}}""";

    private static final String NAMES = "\"names\": {\"r:10\": \"ada/engine\", \"a:1\": \"ada\"}";

    private static String events(int... positions) {
        StringJoiner events = new StringJoiner(",", "{\"head\": 9, " + NAMES + ", \"events\": [", "]}");
        for (int position : positions) {
            events.add(EVENT.formatted(position));
        }
        return events.toString();
    }

    @Test
    void eventsArePrintedPageAfterPage() {
        service.answer("GET /operator/events?after=3&limit=500&repository=o%2Fr", 200, events(4, 7))
                .answer("GET /operator/events?after=7&limit=500&repository=o%2Fr", 200, events());
        assertThat(forgelog("events", "--since", "3", "--repository", "o/r")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString().lines())
                .hasSize(2)
                .allMatch(line -> line.length() <= 80)
                .allMatch(line ->
                        line.matches(" +[47]  2026-01-01 00:00:00  ada/engine#7            issue-opened by ada"));
        out.getBuffer().setLength(0);
        assertThat(forgelog("events", "--since", "3", "--repository", "o/r", "--payload"))
                .isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("\"title\":\"é\"");
        assertThat(forgelog("events", "--repository", "o/r", "--aggregate", "x"))
                .isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void anItemIsExplained() {
        service.answer(
                "GET /operator/explain?key=L%23ada%20%2F%20L",
                200,
                "{\"table\": \"forgelog\", \"item\": {\"login\": \"ada\"}, " + NAMES + ", \"events\": ["
                        + EVENT.formatted(5) + "]}");
        assertThat(forgelog("explain", "L#ada / L")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString())
                .contains("in table forgelog", "login: \"ada\"", "5  2026-01-01 00:00:00  ada/engine#7");
    }

    @Test
    void whatDiffersBetweenTwoMomentsIsNamed() {
        service.answer(
                "GET /operator/diff?of=ada%2Fengine&from=2026-01-01T00%3A00%3A00Z&to=9",
                200,
                """
                {"of": "ada/engine", "from": 5, "to": 9, "differences": [
                  {"what": "issue #1", "change": "changed",
                   "fields": [{"field": "title", "from": "Overflow", "to": "Underflow"}]},
                  {"what": "label bug", "change": "added", "fields": [{"field": "color", "from": null, "to": "ff0000"}]},
                  {"what": "star of bob", "change": "removed", "fields": [{"field": "starred_at", "from": "x", "to": null}]}]}""");
        assertThat(forgelog("diff", "ada/engine", "--from", "2026-01-01T00:00:00Z", "--to", "9"))
                .isEqualTo(ExitCodes.OK);
        assertThat(out.toString())
                .contains(
                        "from event 5 to event 9: 3 differences",
                        "~ issue #1",
                        "    title: \"Overflow\" -> \"Underflow\"",
                        "+ label bug",
                        "    color: \"ff0000\"",
                        "- star of bob")
                .doesNotContain("starred_at");
        assertThat(forgelog("diff", "ada/engine")).as("without --from").isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void deadLettersAreListedShownTriedAgainAndDiscarded() {
        String letter =
                """
                {"table": "forgelog", "sequence": "r:10", "position": 7, "type": "strange", "error": "unknown",
                 "waiting": 2, "appended_at": "2026-01-01T00:00:00Z"}""";
        service.answer(
                        "GET /operator/dead-letters",
                        200,
                        "{\"stopped\": [" + letter + "], \"discarded\": [], " + NAMES + "}")
                .answer(
                        "GET /operator/dead-letters/r%3A10",
                        200,
                        "{\"sequence\": \"r:10\", \"stopped\": [" + letter + "], " + NAMES + ", \"events\": ["
                                + EVENT.formatted(7) + "]}")
                .answer(
                        "POST /operator/dead-letters/r%3A10/retry",
                        200, "{\"sequence\": \"r:10\", \"tables\": {\"forgelog\": \"blocked at 7: unknown\"}}")
                .answer(
                        "POST /operator/dead-letters/r%3A10/discard?position=7&reason=of%20no%20use",
                        200, "{\"sequence\": \"r:10\", \"tables\": {\"forgelog\": \"resumed\"}}");
        assertThat(forgelog("dead-letters", "list")).isEqualTo(ExitCodes.WRONG);
        assertThat(forgelog("dead-letters", "show", "r:10")).isEqualTo(ExitCodes.OK);
        assertThat(forgelog("dead-letters", "retry", "r:10")).isEqualTo(ExitCodes.WRONG);
        assertThat(forgelog("dead-letters", "skip", "Ada/engine", "--position", "7", "--reason", "of no use", "-y"))
                .isEqualTo(ExitCodes.OK);
        assertThat(out.toString())
                .contains("strange", "ada/engine", "forgelog: r:10 blocked at 7", "forgelog: Ada/engine resumed");
        assertThat(forgelog("dead-letters", "discard", "r:10"))
                .as("its older name")
                .isEqualTo(ExitCodes.USAGE);
        assertThat(forgelog("dead-letters", "show", "ada/other")).isEqualTo(ExitCodes.WRONG);
        assertThat(complaint()).contains("ada/other is not blocked. Next: ./forgelog dead-letters list");
    }

    @Test
    void aRepositoryIsRebuiltAndWhatCannotBeIsTold() {
        String outcome = "{\"sequence\": \"r:10\", \"tables\": {\"forgelog\": %s}}";
        service.answer("POST /operator/replay/repository?repository=ada%2Fengine", 202, outcome.formatted("null"))
                .answer(
                        "GET /operator/replay/repository?repository=ada%2Fengine",
                        200, outcome.formatted("\"rebuilt: 7 items, 1 repaired, 0 removed\""))
                .answer(
                        "POST /operator/replay/repository?repository=ada%2Fbroken",
                        202, outcome.formatted("\"blocked at 7: unknown; nothing was changed\""));
        assertThat(forgelog("replay", "repository", "ada/engine")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("forgelog: rebuilt: 7 items, 1 repaired, 0 removed");
        assertThat(forgelog("replay", "repository", "ada/broken")).isEqualTo(ExitCodes.WRONG);
        assertThat(out.toString()).contains("blocked at 7: unknown");
    }

    @Test
    void aLogIsExportedWithAChecksumAndOnlyAWholeExportIsRestored() throws IOException {
        Path file = data.resolve("log.jsonl");
        service.answer("GET /operator/projections", 200, tables("ready", 10))
                .answer("GET /operator/events?after=0&limit=1000", 200, events(1, 2))
                .answer("GET /operator/events?after=2&limit=1000", 200, events(10))
                .answer(
                        "GET /operator/person-keys?after=0&limit=1000",
                        200,
                        "{\"keys\": [{\"person_key\": 7, \"wrapped\": \"AAAA\", \"master_key\": \"m\"},"
                                + " {\"person_key\": 8, \"wrapped\": null}]}")
                .answer("GET /operator/person-keys?after=8&limit=1000", 200, "{\"keys\": []}")
                .answer("POST /admin/log/restore?forgotten=8", 202, done("{\"events\": 2, \"head\": 2}"));
        Path elsewhere = Files.writeString(data.resolve("elsewhere"), "mine");
        Files.createSymbolicLink(data.resolve("log.jsonl.part"), elsewhere);
        assertThat(forgelog("export", file.toString())).isEqualTo(ExitCodes.OK);
        assertThat(elsewhere).as("where a link leads").hasContent("mine");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(6);
        assertThat(lines.get(3)).startsWith("{\"person_key\":7");
        assertThat(forgelog("personal-data", "forgotten")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).endsWith("8\n");
        Path forgotten = Files.writeString(data.resolve("forgotten"), "8\n");
        assertThat(lines.getFirst()).contains("\"title\":\"é\"", "0.30000000000000004000");
        assertThat(lines.getLast()).startsWith("{\"events\":3,\"sha256\":");

        assertThat(forgelog("restore", file.toString(), "--forgotten", forgotten.toString()))
                .isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("2 events were restored");
        Files.write(file, lines.subList(1, 6));
        assertThat(forgelog("restore", file.toString())).isEqualTo(ExitCodes.WRONG);
        assertThat(service.requests.stream().filter(r -> r.contains("restore"))).hasSize(1);
    }

    @Test
    void somebodyIsForgottenOnceThatIsConfirmed() {
        service.answer(
                "DELETE /admin/users/ada/personal-data",
                202,
                done("{\"account_id\": 7, \"rewritten\": 0, \"left\": [\"checkpoint\"]}"));
        assertThat(forgelog("personal-data", "forget", "ada")).isEqualTo(ExitCodes.USAGE);
        assertThat(service.requests).isEmpty();
        assertThat(forgelog("personal-data", "forget", "ada", "--yes")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("Account 7 is forgotten", "  checkpoint");
    }

    @Test
    void anImportSaysWhatWasTakenMappedAndLeftOut() throws IOException {
        Path file = Files.writeString(data.resolve("issues.json"), "[]");
        service.answer(
                "POST /admin/imports?on_error=skip",
                202,
                done(
                        """
                        {"format": "lists of the REST API", "records": 1200, "known": 200, "events": 3000, "seconds": 1.5,
                         "taken": {"issues": 1000}, "mapped": {"texts shortened": {"count": 2, "first": "line 7"}},
                         "left_out": {"milestone": {"count": 3, "first": "line 9"}},
                         "broken": 1, "faults": [{"where": "line 8", "why": "title is missing"}]}"""));
        assertThat(forgelog("import", "--on-error", "skip", file.toString())).isEqualTo(ExitCodes.WRONG);
        assertThat(out.toString())
                .contains(
                        "issues.json (lists of the REST API): 1,200 records, 200 of them known before; 3,000 events",
                        "2,000/s",
                        "1,000  issues",
                        "texts shortened (first: line 7)",
                        "milestone (first: line 9)",
                        "line 8: title is missing");
        assertThat(forgelog("import", data.resolve("none").toString())).isEqualTo(ExitCodes.USAGE);
        assertThat(forgelog("import", "--on-error", "perhaps", file.toString())).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void aDirectoryThatDiffersEndsWithOne() {
        service.answer("POST /admin/directory/verify", 202, "{\"id\": \"j\", \"state\": \"running\"}")
                .answer(
                        "GET /admin/jobs/j",
                        200,
                        "{\"id\": \"j\", \"state\": \"running\", \"done\": 500, \"total\": 1200}")
                .answer(
                        "GET /admin/jobs/j",
                        200,
                        done("{\"events\": 1200, \"differences\": 2, \"examples\": [\"missing in account: {}\"]}"));
        assertThat(forgelog("directory", "verify")).isEqualTo(ExitCodes.WRONG);
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("missing in account", "2 rows differ", "1,200 events. Next: ./forgelog directory rebuild");
    }

    @Test
    void aJobThatFailsSaysWhy() {
        service.answer(
                "POST /admin/directory/rebuild",
                202,
                """
                {"id": "j", "state": "failed", "failure": {"status": 409, "message": "event 7: unknown event type x"}}
                """);
        assertThat(forgelog("directory", "rebuild")).isEqualTo(ExitCodes.NOT_NOW);
        assertThat(complaint()).contains("refused: event 7");
    }

    private static String done(String report) {
        return "{\"id\": \"j\", \"state\": \"done\", \"done\": 1, \"total\": 1, \"report\": " + report + "}";
    }

    @Test
    void aRebuiltDirectorySaysWhatWasMended() {
        service.answer(
                "POST /admin/directory/rebuild", 202, done("{\"events\": 12, \"differences\": 1, \"examples\": []}"));
        assertThat(forgelog("directory", "rebuild")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("1 rows were repaired");
    }

    @Test
    void aDemoElsewhereWantsToBeMeant() {
        assertThat(forgelog("demo", "--url", "http://192.0.2.1:1")).isEqualTo(ExitCodes.USAGE);
        assertThat(complaint()).contains("--yes");
    }

    @Test
    void aDemoWithoutTheAdministratorsTokenIsRefused() {
        service.answer("POST /admin/users", 403, "{\"message\": \"Must be a site administrator\"}");
        assertThat(forgelog("demo")).isEqualTo(ExitCodes.REFUSED);
        assertThat(complaint()).contains("site administrator").doesNotContain("Exception");
    }

    @Test
    void aCommandThatIsNothingAloneShowsItsHelp() {
        for (String command : List.of("replay", "dead-letters", "directory")) {
            assertThat(forgelog(command)).isEqualTo(ExitCodes.OK);
        }
        assertThat(out.toString()).contains("in-place", "skip", "rebuild");
        assertThat(service.requests).isEmpty();
    }

    @Test
    void whatCannotBeUndoneIsDoneWhenItIsMeant() {
        service.answer("POST /operator/replay", 202, "{\"state\": \"done\", \"done\": 3, \"total\": 3}")
                .answer("POST /operator/replay/drop", 200, tables("ready", 10));
        List<List<String>> commands = List.of(
                List.of("replay", "in-place"),
                List.of("replay", "drop"),
                List.of("replay", "rollback", "--force"),
                List.of("replay", "switch", "--force"),
                List.of("dead-letters", "discard", "r:10", "--position", "7"));
        for (List<String> command : commands) {
            String[] words = command.toArray(String[]::new);
            assertThat(forgelog(words)).as("%s", command).isEqualTo(ExitCodes.USAGE);
            assertThat(forgelog(typing("n"), words)).as("%s", command).isEqualTo(ExitCodes.USAGE);
            assertThat(forgelog(typing(""), words)).as("%s", command).isEqualTo(ExitCodes.USAGE);
        }
        assertThat(service.requests).isEmpty();
        assertThat(complaint()).contains("Say --yes", "nothing was done");
        assertThat(forgelog(typing("y"), "replay", "in-place")).isEqualTo(ExitCodes.OK);
        assertThat(forgelog(typing("Yes"), "replay", "drop")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString().replaceAll("\\s+", " ")).contains("503 until it is rebuilt", "Go on? [y/N]");
    }

    @Test
    void aRefusalNamesTheCommandThatComesNext() {
        service.answer("POST /operator/replay/switch", 409, "{\"message\": \"forgelog-2 was not verified\"}")
                .answer("GET /operator/projections", 200, tables("ready", 10))
                .answer("GET /operator/projections", 200, tables("building", 5))
                .answer("GET /operator/projections", 200, tables("retired", 10));
        for (String next : List.of("replay verify", "replay status --follow", "replay start")) {
            err.getBuffer().setLength(0);
            assertThat(forgelog("replay", "switch")).isEqualTo(ExitCodes.NOT_NOW);
            assertThat(complaint()).contains("forgelog-2 was not verified. Next: ./forgelog " + next);
        }
    }

    @Test
    void failuresAreJsonForPrograms() {
        service.answer("POST /operator/replay/switch", 409, "{\"message\": \"forgelog-2 was not verified\"}")
                .answer("GET /operator/projections", 200, tables("ready", 10));
        assertThat(forgelog("replay", "switch", "--json")).isEqualTo(ExitCodes.NOT_NOW);
        assertThat(forgelog("replay", "fly", "--json")).isEqualTo(ExitCodes.USAGE);
        assertThat(forgelog("replay", "drop", "--json")).isEqualTo(ExitCodes.USAGE);
        assertThat(out.toString().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("{\"error\":\"") && line.endsWith("}"))
                .first()
                .asString()
                .contains("\"exit_code\":6", "\"next\":\"forgelog replay verify\"");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aWatchedScreenIsDrawnAgainInItsPlaceAndColoured() {
        service.answer("GET /operator/projections", 200, tables("paused", 4));
        Terminal terminal = new Terminal(true, true, null);
        assertThat(forgelog(terminal, "projections", "--watch", "--looks", "2")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString().split("\u001b\\[H", -1)).hasSize(3);
        assertThat(out.toString()).contains("\u001b[32mserving").endsWith("\u001b[J");
    }

    @Test
    void nothingIsColouredWhereNoColoursAreWanted() {
        environment.put("NO_COLOR", "1");
        service.answer("GET /operator/projections", 200, tables("paused", 4));
        Terminal terminal = new Terminal(false, true, null);
        assertThat(forgelog(terminal, "projections")).isEqualTo(ExitCodes.OK);
        assertThat(forgelog(terminal, "--help")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).doesNotContain("\u001b");
    }

    @Test
    void everythingFitsEightyColumns() {
        service.answer("GET /operator/projections", 200, tables("ready", 10).replace("forgelog", "f".repeat(90)))
                .answer("GET /operator/dead-letters", 200, "{\"stopped\": [], \"discarded\": []}");
        forgelog("projections");
        forgelog("replay", "status");
        forgelog("dead-letters", "list");
        forgelog("replay", "in-place");
        for (List<String> help : List.of(
                List.<String>of(),
                List.of("replay"),
                List.of("replay", "verify"),
                List.of("replay", "switch"),
                List.of("dead-letters"),
                List.of("dead-letters", "skip"),
                List.of("events"),
                List.of("explain"),
                List.of("diff"),
                List.of("demo"))) {
            List<String> words = new ArrayList<>(help);
            words.add("--help");
            forgelog(words.toArray(String[]::new));
        }
        assertThat((out.toString() + err).lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void aShellCompletesOurCommands() {
        assertThat(forgelog("completion")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("complete -F", "in-place", "dead-letters", "--follow");
    }
}
