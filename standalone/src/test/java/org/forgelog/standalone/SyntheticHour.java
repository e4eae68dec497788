package org.forgelog.standalone;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** An hour of GH Archive that was made up: events of few large and many small repositories, some of them out of order. */
final class SyntheticHour {

    private static final Instant START = Instant.parse("2025-11-01T12:00:00Z");
    private static final String TEXT = "A body of the usual length, about as long as people write. ".repeat(5);

    private final Random random = new Random(1);
    private final int lines;

    private SyntheticHour(int lines) {
        this.lines = lines;
    }

    static Path write(Path file, int lines) throws IOException {
        SyntheticHour hour = new SyntheticHour(lines);
        try (BufferedWriter out = new BufferedWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
            for (int i = 0; i < lines; i++) {
                out.write(hour.line(i));
                out.newLine();
            }
        }
        return file;
    }

    private String line(int i) {
        Instant at = START.plusMillis(i * 3_600_000L / lines - random.nextInt(5_000));
        int repository = (int) Math.floor(Math.pow(random.nextDouble(), 3) * lines / 5);
        int number = 1 + random.nextInt(50);
        int person = random.nextInt(1 + lines / 4);
        String name = "o" + repository % (1 + lines / 10) + "/r" + repository;
        String said =
                switch (random.nextInt(8)) {
                    case 0 -> say("WatchEvent", "{\"action\":\"started\"}");
                    case 1 -> say("PullRequestEvent", pull("opened", 100 + number, i));
                    case 2 -> say("PullRequestEvent", pull("merged", 100 + number, i));
                    case 3 -> say("IssuesEvent", issue("opened", name, number, at) + "}");
                    case 4 ->
                        say("IssuesEvent", issue(number % 3 == 0 ? "closed" : "reopened", name, number, at) + "}");
                    case 5 -> say("CreateEvent", "{\"ref_type\":\"repository\",\"description\":\"Made up\"}");
                    default ->
                        say(
                                "IssueCommentEvent",
                                issue("created", name, number, at) + ",\"comment\":" + comment(i, person, at) + "}");
                };
        return """
                {"id":"%d",%s,"actor":{"login":"p%d"},"repo":{"id":%d,"name":"%s"},"created_at":"%s"}"""
                .formatted(50_000_000_000L + i, said, person, 1_000 + repository, name, second(at));
    }

    private static String second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String say(String type, String payload) {
        return "\"type\":\"" + type + "\",\"payload\":" + payload;
    }

    private static String pull(String action, int number, int i) {
        return """
                {"action":"%s","number":%d,"pull_request":{"number":%d,"head":{"ref":"topic-%d"},"base":{"ref":"main"}}}"""
                .formatted(action, number, number, i);
    }

    /** Not closed yet: more may come. */
    private static String issue(String action, String name, int number, Instant at) {
        boolean closed = number % 3 == 0;
        return """
                {"action":"%s","issue":{"url":"https://api.github.com/repos/%s/issues/%d","number":%d,\
                "title":"Title of %d","user":{"login":"a%d"},"state":"%s","labels":[{"name":"bug","color":"d73a4a"}],\
                "assignees":[],"milestone":%s,"locked":false,"created_at":"2025-10-01T00:00:00Z","updated_at":"%s",\
                "closed_at":%s,"body":"%s"}"""
                .formatted(
                        action,
                        name,
                        number,
                        number,
                        number,
                        number,
                        closed ? "closed" : "open",
                        number % 5 == 0 ? MILESTONE : "null",
                        second(at),
                        closed ? "\"2025-10-20T00:00:00Z\"" : "null",
                        TEXT);
    }

    private static final String MILESTONE =
            """
            {"number":2,"title":"v2","state":"open","created_at":"2025-09-01T00:00:00Z","updated_at":"2025-09-01T00:00:00Z"}""";

    private static String comment(int id, int person, Instant at) {
        return """
                {"id":%d,"user":{"login":"p%d"},"body":"%s","created_at":"%s"}"""
                .formatted(1_000_000L + id, person, TEXT, second(at));
    }
}
