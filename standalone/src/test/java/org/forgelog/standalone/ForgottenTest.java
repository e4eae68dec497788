package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.standalone.UpProcess.created;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.forgelog.cli.Answer;
import org.forgelog.cli.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Somebody who was forgotten is found nowhere: not in a byte of all that `up` keeps, and not in what it gives away. */
class ForgottenTest {

    private static final String LOGIN = "Lovelace-Byron";
    private static final String FORMER = "Zyzzyva-Ada";
    private static final String EMAIL = "countess@analytical.example";
    private static final List<String> HERS =
            List.of(LOGIN, FORMER, "countess@", "analytical.example", "Augusta Ada King", "Marylebone", "enchantress");

    @TempDir
    private Path folder;

    @Test
    void givenAPersonWhoLeftTracesEverywhere_whenForgotten_thenNoByteTellsWhoItWas() throws Exception {
        Path data = folder.resolve("data");
        Path export = folder.resolve("after.jsonl");
        String others;
        try (UpProcess up = UpProcess.startReady(data)) {
            Service service = up.service();
            String admin = up.adminToken();
            String bob = UpProcess.userWithRepository(service, admin, "bob", "loom");
            leaveTraces(service, admin, bob);
            others = othersItems(service, bob);
            assertThat(found(data)).as("what is to vanish").containsAll(lower(HERS));

            Answer begun = service.send("DELETE", "/admin/users/" + LOGIN + "/personal-data", admin, null);
            assertThat(begun.status()).as(begun.body().toString()).isEqualTo(202);
            Answer job = awaitJob(service, admin, begun.body().path("id").asString());
            assertThat(job.body().path("state").asString())
                    .as(job.body().toString())
                    .isEqualTo("done");
            assertThat(job.body().path("report").path("left"))
                    .as("statements that were not allowed")
                    .isEmpty();

            assertThat(othersItems(service, bob)).isEqualTo(others.replace("@" + LOGIN, "@ghost"));
            Answer comments = service.send("GET", "/repos/bob/loom/issues/1/comments", bob, null);
            assertThat(comments.body().toString()).contains("\"login\":\"ghost\"", "I have an idea");
            assertThat(service.send("GET", "/users/" + LOGIN, bob, null).status())
                    .isEqualTo(404);
            assertThat(forgelog(up, admin, "export", export.toString())).isZero();
            assertThat(lower(List.of(Files.readString(export))).getFirst())
                    .doesNotContain(lower(HERS).toArray(String[]::new));
            verify(service, admin);
        }
        assertThat(found(data)).as("while nothing runs").isEmpty();

        try (UpProcess up = UpProcess.startReady(data)) {
            String admin = up.adminToken();
            Answer replayed = up.service().send("POST", "/operator/replay", admin, Map.of());
            assertThat(replayed.status()).isEqualTo(202);
            awaitReplay(up.service(), admin);
            assertThat(up.service()
                            .send("GET", "/repos/bob/loom/issues/1/comments", admin, null)
                            .body()
                            .toString())
                    .contains("\"login\":\"ghost\"");
            verify(up.service(), admin);
        }
        assertThat(found(data)).as("after a replay").isEmpty();
    }

    private static void leaveTraces(Service service, String admin, String bob) {
        created(service.send("POST", "/admin/users", admin, Map.of("login", FORMER, "email", EMAIL)));
        Answer token = created(service.send(
                "POST",
                "/admin/users/" + FORMER + "/authorizations",
                admin,
                Map.of("scopes", List.of("repo", "user"), "note", "enchantress")));
        String ada = token.body().path("token").asString();
        created(service.send("POST", "/user/repos", ada, Map.of("name", "engine")));
        created(service.send("POST", "/user/repos", ada, Map.of("name", "given-away")));
        ok(service.send("PATCH", "/repos/" + FORMER + "/engine", ada, Map.of("name", "difference-engine")));
        ok(service.send("PATCH", "/admin/users/" + FORMER, admin, Map.of("login", LOGIN)));
        ok(service.send(
                "PATCH", "/user", ada, Map.of("name", "Augusta Ada King", "location", "Marylebone", "email", EMAIL)));
        created(service.send("POST", "/repos/bob/loom/issues", bob, Map.of("title", "For @" + LOGIN)));
        created(service.send("POST", "/repos/bob/loom/issues/1/comments", ada, Map.of("body", "I have an idea")));
        created(service.send(
                "POST",
                "/repos/bob/loom/issues/1/comments",
                bob,
                Map.of("body", "@" + LOGIN + " or " + EMAIL + ", see http://forge.example/" + LOGIN + "/engine")));
        ok(service.send("PUT", "/user/starred/bob/loom", ada, null));
        ok(service.send("PUT", "/repos/bob/loom/collaborators/" + LOGIN, bob, Map.of()));
        ok(service.send("POST", "/repos/" + LOGIN + "/given-away/transfer", ada, Map.of("new_owner", "bob")));
        Answer invitations = service.send("GET", "/user/repository_invitations", bob, null);
        for (JsonNode invitation : invitations.body()) {
            ok(service.send(
                    "PATCH",
                    "/user/repository_invitations/" + invitation.path("id").asLong(),
                    bob,
                    null));
        }
    }

    private static void ok(Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isBetween(200, 299);
    }

    /** What others have, as everybody sees it. */
    private static String othersItems(Service service, String bob) {
        Answer activity = service.send("GET", "/repos/bob/loom/issues/1", bob, null);
        Answer repository = service.send("GET", "/repos/bob/loom/labels", bob, null);
        return activity.body().path("title").asString() + repository.body();
    }

    private static Answer awaitJob(Service service, String admin, String id) throws InterruptedException {
        Answer job = service.send("GET", "/admin/jobs/" + id, admin, null);
        while (job.body().path("state").asString().equals("running")) {
            Thread.sleep(100);
            job = service.send("GET", "/admin/jobs/" + id, admin, null);
        }
        return job;
    }

    private static void verify(Service service, String admin) throws InterruptedException {
        ok(service.send("POST", "/operator/replay/verify", admin, Map.of()));
        Answer verification = service.send("GET", "/operator/replay/verify", admin, null);
        while (verification.body().path("state").asString().equals("running")) {
            Thread.sleep(100);
            verification = service.send("GET", "/operator/replay/verify", admin, null);
        }
        assertThat(verification.body().path("state").asString())
                .as(verification.body().toString())
                .isEqualTo("right");
        Answer directory = service.send("POST", "/admin/directory/verify", admin, Map.of());
        Answer job = awaitJob(service, admin, directory.body().path("id").asString());
        assertThat(job.body().path("report").path("differences").asLong(-1))
                .as(job.body().toString())
                .isZero();
    }

    private static void awaitReplay(Service service, String admin) throws InterruptedException {
        while (!service.send("GET", "/operator/replay", admin, null)
                .body()
                .path("state")
                .asString()
                .equals("done")) {
            Thread.sleep(100);
        }
    }

    private static int forgelog(UpProcess up, String admin, String... words) throws IOException {
        StringWriter out = new StringWriter();
        List<String> all = new ArrayList<>(List.of("--url", up.jvm().url(), "--token", admin));
        all.addAll(List.of(words));
        int code = org.forgelog.cli.Main.run(
                Map.of(),
                org.forgelog.cli.Terminal.NONE,
                new PrintWriter(out),
                new PrintWriter(out),
                all.toArray(String[]::new));
        assertThat(code).as(out.toString()).isZero();
        return code;
    }

    private static List<String> lower(List<String> texts) {
        return texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
    }

    /** Which of the words are anywhere in the files of a folder. */
    private static List<String> found(Path folder) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes =
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
                for (String word : lower(HERS)) {
                    if (bytes.contains(word)) {
                        found.add(word);
                    }
                }
            }
        }
        return found.stream().distinct().toList();
    }
}
