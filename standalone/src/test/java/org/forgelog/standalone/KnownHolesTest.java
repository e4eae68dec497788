package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check for known holes, with a file and with a service. */
class KnownHolesTest {

    private static final Path PROGRAM = ComposeFileTest.ROOT.resolve(".ci/KnownHoles.java");

    @TempDir
    private Path folder;

    private Path bom;
    private Path accepted;

    private record Ended(int code, String output) {}

    @BeforeEach
    void aBillOfMaterials() throws IOException {
        bom = folder.resolve("bom.json");
        accepted = folder.resolve("accepted.txt");
        Files.writeString(
                bom,
                """
                {"components": [
                  {"purl": "pkg:maven/org.example/holey@1.2?type=jar"},
                  {"purl": "pkg:maven/org.example/sound@2.0?type=jar"},
                  {"purl": "pkg:maven/org.forgelog/forgelog-api@0.1.0-SNAPSHOT?type=jar"}]}
                """);
    }

    private Ended check(String online, Path... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dosv=" + online,
                "-Daccepted=" + accepted,
                "-cp",
                System.getProperty("java.class.path"),
                PROGRAM.toString(),
                bom.toString()));
        Arrays.stream(more).map(Path::toString).forEach(command::add);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private Path export() throws IOException {
        Path file = folder.resolve("all.zip");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String hole : List.of(
                    """
                    {"id": "GHSA-1", "summary": "Anybody may do anything",
                     "affected": [{"package": {"ecosystem": "Maven", "name": "org.example:holey"}, "versions": ["1.1", "1.2"]}]}
                    """,
                    """
                    {"id": "GHSA-2", "affected": [{"package": {"name": "org.example:sound"}, "versions": ["1.9"]}]}
                    """,
                    """
                    {"id": "GHSA-3", "withdrawn": "2026-01-01T00:00:00Z",
                     "affected": [{"package": {"name": "org.example:sound"}, "versions": ["2.0"]}]}
                    """)) {
                zip.putNextEntry(
                        new ZipEntry(hole.substring(hole.indexOf("GHSA"), hole.indexOf("GHSA") + 6) + ".json"));
                zip.write(hole.getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    @Test
    void aFileTellsWithoutAnyNetwork() throws Exception {
        Ended ended = check("http://127.0.0.1:1", export());
        assertThat(ended.code).as(ended.output).isEqualTo(1);
        assertThat(ended.output)
                .contains("GHSA-1 org.example:holey 1.2: Anybody may do anything", "2 libraries, 1 known holes")
                .doesNotContain("GHSA-2", "GHSA-3");
        Files.writeString(accepted, "# of no matter\nGHSA-1 is never called here\n");
        ended = check("http://127.0.0.1:1", export());
        assertThat(ended.code).as(ended.output).isZero();
        assertThat(ended.output).contains("accepted: is never called here");
    }

    @Test
    void aServiceTellsAndWhereNeitherDoesThatIsSaid() throws Exception {
        HttpServer osv = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        osv.createContext("/", exchange -> {
            byte[] body = "{\"results\": [{\"vulns\": [{\"id\": \"GHSA-1\"}]}, {}]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        osv.start();
        try {
            Ended ended = check("http://127.0.0.1:" + osv.getAddress().getPort());
            assertThat(ended.code).as(ended.output).isEqualTo(1);
            assertThat(ended.output).contains("GHSA-1 org.example:holey 1.2");
        } finally {
            osv.stop(0);
        }
        Ended unknown = check("http://127.0.0.1:1");
        assertThat(unknown.code).as(unknown.output).isEqualTo(2);
        assertThat(unknown.output).contains("It could not be found out");
    }
}
