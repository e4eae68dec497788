package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.forgelog.cli.Answer;
import org.forgelog.cli.Service;
import org.forgelog.eventlog.EventCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A {@code forgelog up} with 512 MB of heap that is killed in the middle of an import: importing again ends in the state in
 * which an import ends that nothing happens to. With {@code -Pfaults} an hour of 150,000 lines and more kills.
 */
class InterruptedImportTest {

    private static final boolean ALL = Boolean.getBoolean("faults.all");
    private static final int LINES = ALL ? 150_000 : 1_500;
    private static final int KILLS = ALL ? 3 : 1;
    private static final Duration LIMIT = ALL ? Duration.ofMinutes(30) : Duration.ofMinutes(10);
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    @Test
    void givenKills_thenImportingAgainEndsAsAnUnbrokenImportDoes() throws Exception {
        Path hour = SyntheticHour.write(folder.resolve("hour.json.gz"), LINES);
        Map<String, List<String>> interrupted;
        Path data = folder.resolve("data");
        UpProcess up = UpProcess.startReady(data);
        try {
            for (int kill = 1; kill <= KILLS; kill++) {
                JsonNode job = begun(up.service(), up.adminToken(), hour);
                awaitRecords(up, job, (long) LINES * kill / (KILLS + 1));
                up.jvm().kill();
                up.jvm().awaitEnd(LIMIT);
                up = UpProcess.startReady(data);
            }
            JsonNode report = imported(up.service(), up.adminToken(), hour);
            assertThat(report.path("records").asInt()).isEqualTo(LINES);
            assertThat(report.path("known").asInt()).isPositive();
            assertThat(report.path("broken").asInt()).isZero();
            verify(up.service(), up.adminToken());
            interrupted = LogContent.of(up.dataSource(), up.codec());
        } finally {
            up.close();
        }

        try (LocalService unbroken = LocalService.start()) {
            imported(unbroken.service(), LocalService.ADMIN, hour);
            Map<String, List<String>> whole = LogContent.of(
                    unbroken.application().getBean(DataSource.class),
                    unbroken.application().getBean(EventCodec.class));
            assertThat(interrupted.keySet()).isEqualTo(whole.keySet());
            whole.forEach((sequence, events) ->
                    assertThat(interrupted.get(sequence)).as(sequence).isEqualTo(events));
        }
    }

    /** Once the job is that far; the service answers meanwhile. */
    private static void awaitRecords(UpProcess up, JsonNode job, long records) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
            JsonNode now = job(up.service(), up.adminToken(), job);
            assertThat(now.path("state").asString()).isIn("running", "done");
            assertThat(now.path("done").asLong()).isGreaterThanOrEqualTo(records);
        });
    }

    private static JsonNode imported(Service service, String admin, Path file) throws Exception {
        JsonNode job = begun(service, admin, file);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        job(service, admin, job).path("state").asString())
                .isNotEqualTo("running"));
        return job(service, admin, job).path("report");
    }

    private static JsonNode job(Service service, String admin, JsonNode job) {
        Answer answer = service.get("/admin/jobs/" + job.path("id").asString(), admin);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    /** As soon as it is noticed that the node with the import before is gone. */
    private static JsonNode begun(Service service, String admin, Path file) throws IOException, InterruptedException {
        HttpRequest upload = HttpRequest.newBuilder(URI.create(service.url() + "/admin/imports"))
                .header("Authorization", "token " + admin)
                .POST(HttpRequest.BodyPublishers.ofFile(file))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(500))
                    .until(
                            () -> http.send(upload, HttpResponse.BodyHandlers.ofString()),
                            tried -> tried.statusCode() != 409);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            return JSON.readTree(answer.body());
        }
    }

    private static void verify(Service service, String admin) {
        JsonNode directory =
                service.send("POST", "/admin/directory/verify", admin, null).body();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(job(service, admin, directory)
                        .path("report")
                        .path("differences")
                        .asInt(-1))
                .isZero());
        await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        service.get("/operator/projections", admin).body().findValuesAsString("lag"))
                .isNotEmpty()
                .allMatch("0"::equals));
        assertThat(service.send("POST", "/operator/replay/verify", admin, null).status())
                .isEqualTo(202);
        await().atMost(LIMIT).untilAsserted(() -> {
            JsonNode report =
                    service.get("/operator/replay/verify", admin).body().path("report");
            assertThat(report.path("differences").asInt(-1))
                    .as(report.toString())
                    .isZero();
        });
    }
}
