package org.forgelog.cli.demo;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.forgelog.cli.Answer;
import org.forgelog.cli.demo.ExampleData.Entry;
import org.forgelog.cli.demo.ExampleData.Repo;
import tools.jackson.databind.JsonNode;

/**
 * Turns answers into rows, and the example data into the rows they must be. Lists that cross repositories leave out
 * repositories that are not the example's, so that the accounts may have others.
 */
final class Rows {

    static final List<String> USER = List.of("login", "name", "bio", "location");
    static final List<String> REPO = List.of("repository", "description", "branch", "open", "stars");
    static final List<String> ENTRY = List.of("kind", "repository", "number", "state", "author", "title");
    static final List<String> LOGIN = List.of("login");
    static final List<String> NAME = List.of("repository");
    static final List<String> SAID = List.of("by", "what");
    static final List<String> STARRED = List.of("starred");

    private static final Set<String> KNOWN =
            ExampleData.REPOS.stream().map(Repo::fullName).collect(Collectors.toUnmodifiableSet());

    private Rows() {}

    static List<List<Object>> user(Answer answer) {
        return List.of(fields(answer.body(), "login", "name", "bio", "location"));
    }

    static List<Object> expected(People.Person person) {
        return List.of(person.login(), person.name(), person.bio(), person.location());
    }

    static List<List<Object>> repo(Answer answer) {
        return List.of(repo(answer.body()));
    }

    static List<List<Object>> repos(Answer answer) {
        return list(answer.body(), Rows::repo).stream()
                .filter(row -> KNOWN.contains(row.getFirst()))
                .toList();
    }

    private static List<Object> repo(JsonNode node) {
        return fields(node, "full_name", "description", "default_branch", "open_issues_count", "stargazers_count");
    }

    static List<Object> expected(Repo repo) {
        return List.of(
                repo.fullName(),
                repo.description(),
                repo.branch(),
                Long.toString(everything()
                        .filter(e -> e.repo().equals(repo) && e.state().equals("open"))
                        .count()),
                Long.toString(ExampleData.STARS.stream()
                        .filter(s -> s.repo().equals(repo))
                        .count()));
    }

    static List<List<Object>> entry(Answer answer) {
        return List.of(entry(answer.body()));
    }

    static List<List<Object>> entries(Answer answer) {
        return list(answer.body(), Rows::entry).stream()
                .filter(row -> KNOWN.contains(row.get(1)))
                .toList();
    }

    /** An issue or pull request; which of the two and where, its address says. */
    private static List<Object> entry(JsonNode node) {
        String[] path = URI.create(node.path("url").asString("")).getPath().split("/", -1);
        List<Object> row = new ArrayList<>();
        row.add(path.length < 6 ? "?" : path[path.length - 2].equals("pulls") ? "pull" : "issue");
        row.add(path.length < 6 ? "?" : path[path.length - 4] + "/" + path[path.length - 3]);
        row.add(text(node.path("number")));
        row.add(node.path("merged_at").isString() ? "merged" : text(node.path("state")));
        row.add(text(node.path("user").path("login")));
        row.add(text(node.path("title")));
        return row;
    }

    static List<Object> expected(Entry entry) {
        return List.of(
                entry.isPull() ? "pull" : "issue",
                entry.repo().fullName(),
                Long.toString(entry.number()),
                entry.fate() == ExampleData.Fate.MERGED ? "merged" : entry.state(),
                entry.author().login(),
                entry.title());
    }

    /** The example's entries that are meant, open before closed, newest first. */
    static List<List<Object>> expected(Predicate<Entry> which) {
        List<Entry> newestFirst = new ArrayList<>(everything().filter(which).toList()).reversed();
        return newestFirst.stream()
                .sorted(Comparator.comparing(Entry::state).reversed()) // "open" after "closed" in the alphabet
                .map(Rows::expected)
                .toList();
    }

    static List<List<Object>> logins(Answer answer) {
        return list(answer.body(), node -> fields(node, "login"));
    }

    static List<List<Object>> names(Answer answer) {
        return list(answer.body(), node -> fields(node, "full_name"));
    }

    /** Who said what, in comments or reactions. */
    static List<List<Object>> said(Answer answer) {
        return list(
                answer.body(),
                node -> List.of(
                        text(node.path("user").path("login")),
                        text(node.has("content") ? node.path("content") : node.path("body"))));
    }

    static List<List<Object>> expected(List<ExampleData.Comment> comments) {
        return comments.stream()
                .map(said -> List.<Object>of(
                        (said.by().equals(People.AWS) ? People.DEVELOPER : said.by()).login(), said.text()))
                .toList();
    }

    static List<List<Object>> starred(Answer answer) {
        return List.of(List.of(answer.status() == 204 ? "yes" : "no"));
    }

    private static Stream<Entry> everything() {
        return Stream.concat(ExampleData.ENTRIES.stream(), ExampleData.TOGETHER.stream());
    }

    static List<List<Object>> list(JsonNode array, Function<JsonNode, List<Object>> row) {
        List<List<Object>> rows = new ArrayList<>();
        for (JsonNode node : array) {
            rows.add(row.apply(node));
        }
        return rows;
    }

    private static List<Object> fields(JsonNode node, String... names) {
        List<Object> row = new ArrayList<>();
        for (String name : names) {
            row.add(text(node.path(name)));
        }
        return row;
    }

    private static String text(JsonNode node) {
        return node.isNull() || node.isMissingNode() ? "" : node.asString();
    }
}
