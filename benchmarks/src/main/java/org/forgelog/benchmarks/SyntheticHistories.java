package org.forgelog.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.IntFunction;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Histories to import, made up. */
final class SyntheticHistories {

    private static final String TEXT = "A body of the usual length, about as long as people write. ".repeat(6);
    private static final Instant START = Instant.parse("2025-11-01T12:00:00Z");
    private static final int PER_FILE = 100;
    private static final int PEOPLE = 500;

    private SyntheticHistories() {}

    /**
     * An hour of GH Archive: kinds by about their share of the public timeline without pushes, branches and tags, few large
     * repositories and many small ones, some lines out of order.
     */
    static Path hour(Path file, int lines) throws IOException {
        Random random = new Random(1);
        try (BufferedWriter out = new BufferedWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
            for (int i = 0; i < lines; i++) {
                out.write(event(i, lines, random));
                out.newLine();
            }
        }
        return file;
    }

    private static String event(int i, int lines, Random random) {
        Instant at = START.plusMillis(i * 3_600_000L / lines - random.nextInt(5_000));
        int repository = (int) Math.floor(Math.pow(random.nextDouble(), 3) * lines / 5);
        String name = "o" + repository % Math.max(1, lines / 10) + "/r" + repository;
        int number = 1 + random.nextInt(50);
        int person = random.nextInt(Math.max(1, lines / 4));
        int kind = random.nextInt(100);
        String said;
        if (kind < 18) {
            said = said("WatchEvent", "{\"action\":\"started\"}");
        } else if (kind < 48) {
            String action = kind < 34 ? "opened" : kind % 3 == 0 ? "closed" : "merged";
            said = said("PullRequestEvent", pull(action, 100 + number, i));
        } else if (kind < 76) {
            said = said("IssueCommentEvent", commented(i, person, name, number, at));
        } else if (kind < 91) {
            said = said("IssuesEvent", issue(kind < 85, name, number, at));
        } else if (kind < 96) {
            said = said("CreateEvent", "{\"ref_type\":\"repository\"}");
        } else if (kind < 98) {
            said = said("MemberEvent", added(person + 1));
        } else {
            said = said("PublicEvent", "{}");
        }
        return """
                {"id":"%d",%s,"actor":{"login":"p%d"},"repo":{"id":%d,"name":"%s"},"created_at":"%s"}"""
                .formatted(50_000_000_000L + i, said, person, 1_000 + repository, name, second(at));
    }

    private static String said(String type, String payload) {
        return "\"type\":\"" + type + "\",\"payload\":" + payload;
    }

    private static String second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String added(int person) {
        return "{\"action\":\"added\",\"member\":{\"login\":\"p" + person + "\"}}";
    }

    private static String pull(String action, int number, int i) {
        return """
                {"action":"%s","number":%d,"pull_request":{"number":%d,"head":{"ref":"topic-%d"},"base":{"ref":"main"}}}"""
                .formatted(action, number, number, i);
    }

    private static String commented(int id, int person, String name, int number, Instant at) {
        return """
                {"action":"created","issue":%s,"comment":{"id":%d,"user":{"login":"p%d"},"body":"%s","created_at":"%s"}}"""
                .formatted(issueObject(name, number, at), 1_000_000L + id, person, TEXT, second(at));
    }

    private static String issue(boolean opened, String name, int number, Instant at) {
        String action = opened ? "opened" : number % 3 == 0 ? "closed" : "reopened";
        return "{\"action\":\"" + action + "\",\"issue\":" + issueObject(name, number, at) + "}";
    }

    private static String issueObject(String name, int number, Instant at) {
        boolean closed = number % 3 == 0;
        return """
                {"url":"https://api.github.com/repos/%s/issues/%d","number":%d,"title":"Title of %d","user":{"login":"a%d"},\
                "state":"%s","labels":[{"name":"bug","color":"d73a4a"}],"assignees":[],"locked":false,\
                "created_at":"2025-10-01T00:00:00Z","updated_at":"%s","closed_at":%s,"body":"%s"}"""
                .formatted(
                        name,
                        number,
                        number,
                        number,
                        number,
                        closed ? "closed" : "open",
                        second(at),
                        closed ? "\"2025-10-20T00:00:00Z\"" : "null",
                        TEXT);
    }

    /** The archive of a project: its people, milestones, issues with four comments and two events each. */
    static Path archive(Path file, int issues) throws IOException {
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
            add(tar, "schema.json", "{\"version\":\"1.2.0\"}");
            objects(tar, "users", PEOPLE, i -> "\"login\":\"p%d\",\"url\":\"%s\"".formatted(i, person(i)));
            objects(
                    tar,
                    "repositories",
                    1,
                    i -> "\"url\":\"%s\",\"owner\":\"%s\",\"name\":\"project\"".formatted(page(""), person(1))
                            + ",\"labels\":[{\"name\":\"bug\",\"color\":\"d73a4a\"}]");
            objects(tar, "milestones", 10, i -> "\"url\":\"%s\",\"title\":\"v%d\",\"state\":\"open\""
                    .formatted(page("/milestones/" + i), i));
            objects(tar, "issues", issues, SyntheticHistories::archivedIssue);
            objects(
                    tar,
                    "issue_comments",
                    4 * issues,
                    i -> "\"url\":\"%s\",\"issue\":\"%s\",\"user\":\"%s\",\"body\":\"%s\""
                            .formatted(
                                    page("/issues/" + on(i, 4) + "#issuecomment-" + (900_000_000L + i)),
                                    page("/issues/" + on(i, 4)),
                                    person(i % PEOPLE),
                                    TEXT));
            objects(
                    tar,
                    "issue_events",
                    2 * issues,
                    i -> "\"url\":\"%s\",\"issue\":\"%s\",\"actor\":\"%s\",\"event\":\"%s\",\"label_name\":\"bug\""
                            .formatted(
                                    page("/issues/" + on(i, 2) + "#event-" + i),
                                    page("/issues/" + on(i, 2)),
                                    person(i % PEOPLE),
                                    i % 2 == 0 ? "labeled" : "closed"));
        }
        return file;
    }

    private static int on(int i, int each) {
        return 1 + (i - 1) / each;
    }

    private static String archivedIssue(int i) {
        return "\"url\":\"%s\",\"user\":\"%s\",\"title\":\"Title of %d\",\"body\":\"%s\",\"milestone\":\"%s\",\"labels\":[\"%s\"]"
                        .formatted(
                                page("/issues/" + i),
                                person(i % PEOPLE),
                                i,
                                TEXT,
                                page("/milestones/" + (1 + i % 10)),
                                page("/labels/bug"))
                + ",\"closed_at\":\"2025-12-01T00:00:00Z\"";
    }

    private static String person(int i) {
        return "https://github.com/p" + i;
    }

    private static String page(String path) {
        return "https://github.com/p1/project" + path;
    }

    private static void objects(TarArchiveOutputStream tar, String type, int count, IntFunction<String> fields)
            throws IOException {
        for (int part = 0; part * PER_FILE < count; part++) {
            StringJoiner list = new StringJoiner(",\n", "[", "]");
            for (int i = part * PER_FILE + 1; i <= Math.min(count, (part + 1) * PER_FILE); i++) {
                list.add("{" + fields.apply(i) + ",\"created_at\":\"" + START.plusSeconds(i) + "\"}");
            }
            add(tar, type + "_%06d.json".formatted(part + 1), list.toString());
        }
    }

    private static void add(TarArchiveOutputStream tar, String name, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
