package org.forgelog.cli.demo;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.forgelog.cli.Answer;
import org.forgelog.cli.CliFailure;
import org.forgelog.cli.ExitCodes;
import org.forgelog.cli.Service;
import org.forgelog.cli.demo.ExampleData.Entry;
import org.forgelog.cli.demo.ExampleData.Repo;
import org.forgelog.cli.demo.ExampleData.Starring;
import org.forgelog.cli.demo.People.Person;
import org.forgelog.cli.demo.People.Token;
import org.jspecify.annotations.Nullable;

/**
 * Writes the example data. Accounts of an earlier run are used again; its repositories are deleted first, so that a
 * second run also shows that a repository inherits nothing from one that had its name.
 */
final class Preparation {

    private final Service service;
    private final String adminToken;
    private final People people;
    private final Checks checks;
    private final PrintWriter out;

    Preparation(Service service, String adminToken, People people, Checks checks, PrintWriter out) {
        this.service = service;
        this.adminToken = adminToken;
        this.people = people;
        this.checks = checks;
        this.out = out;
    }

    void run() {
        out.println("Accounts, a token for each, their profiles:");
        for (Person person : People.USERS) {
            account(person);
        }
        organization(People.AWS, People.DEVELOPER);
        out.println("Repositories; those of an earlier demo are deleted first:");
        send("DELETE", ExampleData.FORK, people.token(People.JOHN), null, 204, 404);
        for (Repo repo : ExampleData.REPOS) {
            send("DELETE", repo.path(), people.token(repo.owner()), null, 204, 404);
            String all = repo.owner().equals(People.AWS) ? "/orgs/aws/repos" : "/user/repos";
            send("POST", all, people.token(repo.owner()), repo.body(), 201);
        }
        out.println("Issues and pull requests, some of them closed or merged:");
        for (Entry entry : ExampleData.ENTRIES) {
            create(entry);
        }
        together();
        out.println("Stars, the last one given twice:");
        for (Starring star : ExampleData.STARS) {
            star(star);
        }
        star(ExampleData.STARS.getLast());
        out.println("A label, an assignee, comments, reactions and a fork:");
        String issue = ExampleData.TYPO.path();
        String owner = people.token(People.OCTOCAT);
        send("POST", ExampleData.HELLO_WORLD.path() + "/labels", owner, Map.of("name", "bug", "color", "d73a4a"), 201);
        send("POST", issue + "/labels", owner, Map.of("labels", List.of("bug")), 200);
        send("POST", issue + "/assignees", owner, Map.of("assignees", List.of("octocat")), 201);
        ExampleData.COMMENTS.forEach(
                said -> send("POST", issue + "/comments", people.token(said.by()), Map.of("body", said.text()), 201));
        ExampleData.REACTIONS.forEach(said ->
                send("POST", issue + "/reactions", people.token(said.by()), Map.of("content", said.text()), 201));
        send("POST", ExampleData.HELLO_WORLD.path() + "/forks", people.token(People.JOHN), null, 202);
    }

    private void organization(Person organization, Person administrator) {
        Map<String, Object> body = Map.of(
                "login", organization.login(),
                "admin", administrator.login(),
                "profile_name", organization.name());
        send("POST", "/admin/organizations", adminToken, body, 201, 422);
    }

    private void account(Person person) {
        send("POST", "/admin/users", adminToken, Map.of("login", person.login(), "email", person.email()), 201, 422);
        Answer token = send(
                "POST",
                "/admin/users/" + person.login() + "/authorizations",
                adminToken,
                Map.of("scopes", List.of("repo", "delete_repo", "user", "admin:org"), "note", "forgelog demo"),
                201);
        people.gotToken(
                person,
                new Token(
                        token.body().path("id").asLong(0),
                        token.body().path("token").asString("")));
        send("PATCH", "/user", people.token(person), person.profile(), 200);
    }

    /** Takes the tokens of this run back. */
    void revokeTokens() {
        people.tokens()
                .forEach((login, token) -> service.send(
                        "DELETE", "/admin/users/" + login + "/authorizations/" + token.id(), adminToken, null));
    }

    private void create(Entry entry) {
        Answer answer = send("POST", entry.collection(), people.token(entry.author()), entry.body(), 201);
        checkNumber(answer.body().path("number").asLong(0), entry);
        switch (entry.fate()) {
            case OPEN -> {}
            case CLOSED -> send("PATCH", entry.path(), people.token(entry.author()), Map.of("state", "closed"), 200);
            case MERGED ->
                send("PUT", entry.path() + "/merge", people.token(entry.repo().owner()), null, 200);
        }
    }

    private void checkNumber(long number, Entry entry) {
        checks.check(
                number == entry.number(),
                entry.title() + " got number " + number + " instead of " + entry.number() + " in "
                        + entry.repo().fullName());
    }

    /** One batch that is refused, which must leave nothing behind, then the one that is meant. */
    private void together() {
        Entry issue = ExampleData.TOGETHER.getFirst();
        String token = people.token(issue.author());
        Map<String, Object> good = command(issue);
        Map<String, Object> bad = Map.of(
                "method", "POST", "path", ExampleData.LINUX.path() + "/pulls", "body", Map.of("title", "no branches"));
        out.println("A batch whose second command is wrong, which must store nothing:");
        Answer refused = send("POST", "/batch", token, Map.of("commands", List.of(good, bad)), 422);
        checks.check(
                refused.body().path("command").asInt(-1) == 1, "the refused batch does not name its second command");

        out.println("An issue and a pull request together:");
        Answer answer = send(
                "POST",
                "/batch",
                token,
                Map.of(
                        "commands",
                        ExampleData.TOGETHER.stream().map(this::command).toList()),
                200);
        for (int i = 0; i < ExampleData.TOGETHER.size(); i++) {
            checkNumber(
                    answer.body()
                            .path("answers")
                            .path(i)
                            .path("body")
                            .path("number")
                            .asLong(0),
                    ExampleData.TOGETHER.get(i));
        }
    }

    private Map<String, Object> command(Entry entry) {
        return Map.of("method", "POST", "path", entry.collection(), "body", entry.body());
    }

    private void star(Starring star) {
        send("PUT", "/user/starred/" + star.repo().fullName(), people.token(star.person()), null, 204);
    }

    private Answer send(String method, String path, String token, @Nullable Object body, int... expected) {
        Answer answer = service.send(method, path, token, body);
        out.println("  " + method + " " + path + " -> " + answer.status());
        for (int status : expected) {
            if (answer.status() == status) {
                return answer;
            }
        }
        int exitCode = token.equals(adminToken) && (answer.status() == 401 || answer.status() == 403)
                ? ExitCodes.REFUSED
                : ExitCodes.FAILED;
        throw new CliFailure(
                exitCode, method + " " + path + " was answered " + answer.status() + ": " + answer.message() + ".");
    }
}
