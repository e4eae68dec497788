package org.forgelog.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.forgelog.cli.Answer;
import org.forgelog.cli.demo.ExampleData.Entry;
import org.forgelog.cli.demo.ExampleData.Repo;
import org.forgelog.cli.demo.People.Person;
import tools.jackson.databind.JsonNode;

/** The reads of the demo, in the order of the catalogue of access patterns. */
final class Scenarios {

    private static final Repo HELLO = ExampleData.HELLO_WORLD;
    private static final Repo LINUX = ExampleData.LINUX;
    private static final Repo TOOLBOX = ExampleData.TOOLBOX;

    private Scenarios() {}

    static List<Scenario> all() {
        return Stream.of(
                        accounts(),
                        repositories(),
                        owned(),
                        entries(),
                        managed(),
                        activity(),
                        byState(),
                        stars(),
                        talk(),
                        people())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Scenario> accounts() {
        return Stream.of(People.OCTOCAT, People.TORVALDS)
                .map(person -> Scenario.of(
                        1,
                        "account by login",
                        "/users/" + person.login(),
                        Rows.USER,
                        Rows::user,
                        List.of(Rows.expected(person))))
                .toList();
    }

    private static List<Scenario> repositories() {
        return ExampleData.REPOS.stream()
                .map(repo -> Scenario.of(
                        2,
                        "repository by owner and name",
                        repo.path(),
                        Rows.REPO,
                        Rows::repo,
                        List.of(Rows.expected(repo))))
                .toList();
    }

    private static List<Scenario> owned() {
        List<Scenario> scenarios = new ArrayList<>();
        for (Repo repo : List.of(HELLO, LINUX)) {
            String login = repo.owner().login();
            scenarios.add(Scenario.of(
                    3,
                    "owned: an account with its repositories, newest first",
                    "/users/" + login + "/owned",
                    Rows.REPO,
                    Scenarios::ownedRows,
                    List.of(List.of(login, "", "", "", ""), Rows.expected(repo))));
        }
        for (String sort : List.of("created", "updated", "full_name")) {
            scenarios.add(Scenario.of(
                    4,
                    "repositories of an account, by " + sort,
                    "/users/torvalds/repos?sort=" + sort,
                    Rows.REPO,
                    Rows::repos,
                    List.of(Rows.expected(LINUX))));
        }
        return scenarios;
    }

    private static List<List<Object>> ownedRows(Answer answer) {
        List<List<Object>> rows = new ArrayList<>();
        rows.add(List.of(answer.body().path("account").path("login").asString(""), "", "", "", ""));
        rows.addAll(Rows.repos(within(answer, "repositories")));
        return rows;
    }

    private static List<Scenario> entries() {
        return Stream.concat(ExampleData.ENTRIES.stream(), ExampleData.TOGETHER.stream())
                .filter(e -> e.title().contains("typo")
                        || e.title().contains("CONTRIBUTING")
                        || e.fate() == ExampleData.Fate.MERGED)
                .map(e -> Scenario.of(
                        5,
                        e.isPull() ? "pull request by number" : "issue by number",
                        e.path(),
                        Rows.ENTRY,
                        Rows::entry,
                        List.of(Rows.expected(e))))
                .toList();
    }

    private static List<Scenario> managed() {
        List<Scenario> scenarios = new ArrayList<>();
        for (Person person : List.of(People.TORVALDS, People.OCTOCAT)) {
            for (String state : List.of("open", "closed")) {
                scenarios.add(Scenario.of(
                                6,
                                "managed: what an account opened, " + state + ", newest first",
                                "/users/" + person.login() + "/managed?state=" + state,
                                Rows.ENTRY,
                                Rows::entries,
                                Rows.expected(e ->
                                        e.author().equals(person) && e.state().equals(state)))
                        // What such a list cost others are not told.
                        .as(person));
            }
        }
        return scenarios;
    }

    private static List<Scenario> activity() {
        List<Scenario> scenarios = new ArrayList<>();
        for (Repo repo : ExampleData.REPOS) {
            scenarios.add(activity(repo, "all"));
        }
        scenarios.add(activity(HELLO, "open"));
        return scenarios;
    }

    private static Scenario activity(Repo repo, String state) {
        List<List<Object>> expected = new ArrayList<>();
        expected.add(List.of("repository", repo.fullName(), "", "", repo.owner().login(), repo.description()));
        expected.addAll(Rows.expected(
                e -> e.repo().equals(repo) && (state.equals("all") || e.state().equals(state))));
        return Scenario.of(
                7,
                "activity: a repository with its issues and pull requests, " + state,
                repo.path() + "/activity?state=" + state,
                Rows.ENTRY,
                Scenarios::activityRows,
                expected);
    }

    private static List<List<Object>> activityRows(Answer answer) {
        JsonNode repo = answer.body().path("repository");
        List<List<Object>> rows = new ArrayList<>();
        rows.add(List.of(
                "repository",
                repo.path("full_name").asString(""),
                "",
                "",
                repo.path("owner").path("login").asString(""),
                repo.path("description").asString("")));
        rows.addAll(Rows.entries(within(answer, "entries")));
        return rows;
    }

    private static List<Scenario> byState() {
        List<List<Object>> closed =
                Rows.expected(e -> isIssueOf(HELLO, e) && e.state().equals("closed"));
        return List.of(
                Scenario.of(
                        8,
                        "open issues of a repository",
                        HELLO.path() + "/issues?state=open",
                        Rows.ENTRY,
                        Rows::entries,
                        Rows.expected(e -> isIssueOf(HELLO, e) && e.state().equals("open"))),
                Scenario.of(
                                8,
                                "closed issues of a repository, one a page",
                                HELLO.path() + "/issues?state=closed&per_page=1",
                                Rows.ENTRY,
                                Rows::entries,
                                closed.subList(0, 1))
                        .followedBy(closed.subList(1, 2)),
                Scenario.of(
                        8,
                        "open pull requests of a repository",
                        LINUX.path() + "/pulls?state=open",
                        Rows.ENTRY,
                        Rows::entries,
                        Rows.expected(e -> e.isPull() && e.repo().equals(LINUX))));
    }

    private static boolean isIssueOf(Repo repo, Entry entry) {
        return !entry.isPull() && entry.repo().equals(repo);
    }

    private static List<Scenario> stars() {
        return List.of(
                Scenario.of(
                                9,
                                "repositories a user starred, newest first",
                                "/users/john/starred",
                                Rows.REPO,
                                Rows::repos,
                                List.of(Rows.expected(LINUX), Rows.expected(HELLO), Rows.expected(TOOLBOX)))
                        .as(People.JOHN),
                Scenario.of(
                        10,
                        "users who starred a repository, newest first",
                        HELLO.path() + "/stargazers",
                        Rows.LOGIN,
                        Rows::logins,
                        List.of(List.of("torvalds"), List.of("john"))),
                Scenario.of(
                                11,
                                "has this user starred this repository",
                                "/user/starred/" + TOOLBOX.fullName(),
                                Rows.STARRED,
                                Rows::starred,
                                List.of(List.of("yes")))
                        .as(People.JOHN)
                        .answering(204),
                Scenario.of(
                                11,
                                "has this user starred this repository",
                                "/user/starred/" + TOOLBOX.fullName(),
                                Rows.STARRED,
                                Rows::starred,
                                List.of(List.of("no")))
                        .as(People.OCTOCAT)
                        .answering(404));
    }

    private static List<Scenario> talk() {
        return List.of(
                Scenario.of(
                        12,
                        "comments of an issue, oldest first",
                        ExampleData.TYPO.path() + "/comments",
                        Rows.SAID,
                        Rows::said,
                        Rows.expected(ExampleData.COMMENTS)),
                Scenario.of(
                        13,
                        "reactions of an issue, oldest first",
                        ExampleData.TYPO.path() + "/reactions",
                        Rows.SAID,
                        Rows::said,
                        Rows.expected(ExampleData.REACTIONS)),
                Scenario.of(
                        14,
                        "forks of a repository, newest first",
                        HELLO.path() + "/forks",
                        Rows.NAME,
                        Rows::names,
                        List.of(List.of(People.JOHN.login() + "/" + HELLO.name()))));
    }

    private static List<Scenario> people() {
        List<List<Object>> typo = List.of(Rows.expected(ExampleData.TYPO));
        return List.of(
                Scenario.of(
                        15,
                        "members of an organization",
                        "/orgs/aws/members",
                        Rows.LOGIN,
                        Rows::logins,
                        List.of(List.of(People.DEVELOPER.login()))),
                Scenario.of(
                        15,
                        "organizations of a user",
                        "/users/" + People.DEVELOPER.login() + "/orgs",
                        Rows.LOGIN,
                        Rows::logins,
                        List.of(List.of(People.AWS.login()))),
                Scenario.of(
                        16,
                        "a repository's issues with a label",
                        HELLO.path() + "/issues?labels=bug",
                        Rows.ENTRY,
                        Rows::entries,
                        typo),
                Scenario.of(
                        16,
                        "a repository's issues by assignee",
                        HELLO.path() + "/issues?assignee=octocat",
                        Rows.ENTRY,
                        Rows::entries,
                        typo));
    }

    /** The answer with a part of its body in place of the whole. */
    private static Answer within(Answer answer, String field) {
        return new Answer(answer.status(), answer.headers(), answer.body().path(field));
    }
}
