package org.forgelog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        return Main.run(environment, false, new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @Test
    void withoutACommandTheHelpIsShown() {
        assertThat(forgelog()).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("up", "demo", "replay", "directory", "status", "Exit codes:");
    }

    @Test
    void anUnknownCommandIsAUsageError() {
        assertThat(forgelog("fly")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("fly");
    }

    @Test
    void anAddressWhereNothingAnswersIsNamed() throws IOException {
        int unused;
        try (ServerSocket socket = new ServerSocket(0)) {
            unused = socket.getLocalPort();
        }
        String url = "http://127.0.0.1:" + unused;
        assertThat(forgelog("replay", "--url", url)).isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(err.toString()).contains("nothing answers at " + url).doesNotContain("Exception");
    }

    @Test
    void anAddressThatIsNoneIsAUsageError() {
        assertThat(forgelog("replay", "--url", "not an address")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("'not an address'");
    }

    @Test
    void aRefusedTokenIsSaidToBeRefused() {
        service.answer("POST /operator/replay", 401, "{\"message\": \"Bad credentials\"}");
        assertThat(forgelog("replay")).isEqualTo(ExitCodes.REFUSED);
        assertThat(err.toString()).contains("refused the token", "Bad credentials");
    }

    @Test
    void theTokenComesFromTheOptionThenTheEnvironmentThenTheDataFolder() throws IOException {
        service.answer("POST /admin/directory/verify", 200, "{\"events\": 0, \"differences\": 0, \"examples\": []}");
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
        assertThat(err.toString())
                .contains("--token", data.resolve("admin-token").toString());
        assertThat(service.requests).isEmpty();
    }

    @Test
    void theTokenOfTheDataFolderStaysOnThisMachine() throws IOException {
        environment.remove("FORGELOG_TOKEN");
        Files.writeString(data.resolve("admin-token"), "of-the-folder\n");
        assertThat(forgelog("directory", "verify", "--url", "http://192.0.2.1:1"))
                .isEqualTo(ExitCodes.REFUSED);
        assertThat(err.toString()).contains("only used for a service on this machine");
    }

    @Test
    void aReplayIsWatchedToItsEnd() {
        service.answer("POST /operator/replay", 202, "{\"state\": \"running\", \"done\": 0, \"total\": 10000}")
                .answer("GET /operator/replay", 200, "{\"state\": \"running\", \"done\": 5000, \"total\": 10000}")
                .answer("GET /operator/replay", 200, "{\"state\": \"done\", \"done\": 10000, \"total\": 10000}");
        assertThat(forgelog("replay")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("10,000 of 10,000 events, 100%").doesNotContain("\r");
    }

    @Test
    void aReplayThatFailsEndsWithOne() {
        service.answer("POST /operator/replay", 202, "{\"state\": \"running\", \"done\": 0, \"total\": 3}")
                .answer("GET /operator/replay", 200, "{\"state\": \"failed\", \"error\": \"the table is gone\"}");
        assertThat(forgelog("replay")).isEqualTo(ExitCodes.WRONG);
        assertThat(err.toString()).contains("the table is gone");
    }

    @Test
    void aReplayInJsonPrintsItsLastStateOnly() {
        service.answer("POST /operator/replay", 202, "{\"state\": \"done\", \"done\": 3, \"total\": 3}");
        assertThat(forgelog("replay", "--json")).isEqualTo(ExitCodes.OK);
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
    void aSwitchThatIsRefusedSaysWhyAndEndsWithSix() {
        service.answer("POST /operator/replay/switch", 409, "{\"message\": \"forgelog-2 was not verified\"}");
        assertThat(forgelog("replay", "switch")).isEqualTo(ExitCodes.NOT_NOW);
        assertThat(err.toString()).contains("forgelog-2 was not verified");
    }

    @Test
    void whatIsOrderedOfATableIsSentAsItIs() {
        for (String action : List.of("pause", "resume", "abort", "rollback", "drop")) {
            service.answer("POST /operator/replay/" + action + "?table=t", 200, tables("ready", 10));
            assertThat(forgelog("replay", action, "t")).isEqualTo(ExitCodes.OK);
        }
        service.answer("POST /operator/replay/switch?table=t&force=true", 200, tables("serving", 10));
        assertThat(forgelog("replay", "switch", "t", "--force")).isEqualTo(ExitCodes.OK);
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
                                "\"stopped\": [{\"sequence\": \"r:1\", \"position\": 7, \"error\": \"unknown\"}]"));
        assertThat(forgelog("projections")).isEqualTo(ExitCodes.WRONG);
        assertThat(out.toString()).contains("forgelog: sequence r:1 stopped at 7: unknown");
    }

    @Test
    void aDirectoryThatDiffersEndsWithOne() {
        service.answer(
                "POST /admin/directory/verify",
                200,
                "{\"events\": 1200, \"differences\": 2, \"examples\": [\"missing in account: {}\"]}");
        assertThat(forgelog("directory", "verify")).isEqualTo(ExitCodes.WRONG);
        assertThat(out.toString()).contains("missing in account", "2 rows differ", "1,200 events", "directory rebuild");
    }

    @Test
    void aRebuiltDirectorySaysWhatWasMended() {
        service.answer("POST /admin/directory/rebuild", 200, "{\"events\": 12, \"differences\": 1, \"examples\": []}");
        assertThat(forgelog("directory", "rebuild")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("1 rows were mended");
    }

    @Test
    void aDemoElsewhereWantsToBeMeant() {
        assertThat(forgelog("demo", "--url", "http://192.0.2.1:1")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--yes");
    }

    @Test
    void aDemoWithoutTheAdministratorsTokenIsRefused() {
        service.answer("POST /admin/users", 403, "{\"message\": \"Must be a site administrator\"}");
        assertThat(forgelog("demo")).isEqualTo(ExitCodes.REFUSED);
        assertThat(err.toString()).contains("site administrator").doesNotContain("Exception");
    }
}
