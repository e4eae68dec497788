package org.forgelog.cli.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.cli.demo.People.Person;

/** The example repositories, issues and pull requests, in the order in which they are made. */
final class ExampleData {

    /** A repository as its owner creates it. */
    record Repo(Person owner, String name, String about, String description, String branch, String language) {

        String fullName() {
            return owner.login() + "/" + name;
        }

        String path() {
            return "/repos/" + fullName();
        }

        Map<String, Object> body() {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("name", name);
            body.put("description", description);
            body.put("private", false);
            body.put("default_branch", branch);
            // The example has issue 1 and pull request 1 side by side.
            body.put("numbering", "separate");
            if (!about.isEmpty()) {
                body.put("about", about);
            }
            if (!language.isEmpty()) {
                body.put("language", language);
            }
            return body;
        }
    }

    /** What becomes of an issue or pull request after it was opened. */
    enum Fate {
        OPEN,
        CLOSED,
        MERGED
    }

    /**
     * An issue or a pull request. The number is what it must get, not what is asked for.
     *
     * @param head branch of a pull request, empty for an issue
     */
    record Entry(Repo repo, long number, Person author, String title, String text, String head, Fate fate) {

        boolean isPull() {
            return !head.isEmpty();
        }

        String collection() {
            return repo.path() + (isPull() ? "/pulls" : "/issues");
        }

        String path() {
            return collection() + "/" + number;
        }

        String state() {
            return fate == Fate.OPEN ? "open" : "closed";
        }

        Map<String, Object> body() {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("title", title);
            body.put("body", text);
            if (isPull()) {
                body.put("head", author.equals(repo.owner()) ? head : author.login() + ":" + head);
                body.put("base", repo.branch());
            }
            return body;
        }
    }

    static final Repo HELLO_WORLD = new Repo(
            People.OCTOCAT,
            "hello-world",
            "My first repository on GitHub!",
            "A simple hello world project for learning Git",
            "main",
            "");
    static final Repo LINUX =
            new Repo(People.TORVALDS, "linux", "Linux kernel source tree", "The Linux kernel", "master", "");
    static final Repo TOOLBOX = new Repo(
            People.AWS, "dynamodb-toolbox", "", "A set of tools for working with DynamoDB", "main", "TypeScript");

    static final List<Repo> REPOS = List.of(HELLO_WORLD, LINUX, TOOLBOX);

    static final List<Entry> ENTRIES = List.of(
            issue(
                    HELLO_WORLD,
                    1,
                    People.TORVALDS,
                    "Bug: README has typo",
                    "There is a typo in the README file on line 3.",
                    Fate.OPEN),
            issue(
                    HELLO_WORLD,
                    2,
                    People.OCTOCAT,
                    "Feature: Add contributing guide",
                    "We should add a CONTRIBUTING.md file.",
                    Fate.CLOSED),
            issue(
                    LINUX,
                    1,
                    People.OCTOCAT,
                    "Bug: Kernel panic on boot",
                    "Kernel panic when booting with specific hardware configuration.",
                    Fate.OPEN),
            pull(
                    HELLO_WORLD,
                    1,
                    People.TORVALDS,
                    "Fix README typo",
                    "Fixes the typo mentioned in issue #1.",
                    "readme-typo",
                    Fate.OPEN),
            pull(
                    LINUX,
                    1,
                    People.OCTOCAT,
                    "Fix boot panic for hardware X",
                    "Addresses kernel panic on boot with specific hardware.",
                    "boot-panic",
                    Fate.OPEN),
            issue(
                    HELLO_WORLD,
                    3,
                    People.TORVALDS,
                    "Enhancement: Add CI pipeline",
                    "We should add GitHub Actions for CI/CD.",
                    Fate.CLOSED),
            pull(
                    HELLO_WORLD,
                    2,
                    People.OCTOCAT,
                    "Add CONTRIBUTING.md",
                    "Adds a contributing guide as requested in issue #2.",
                    "contributing",
                    Fate.CLOSED),
            // Number 42 in the example; numbers start at 1 here.
            issue(
                    TOOLBOX,
                    1,
                    People.DEVELOPER,
                    "Add TypeScript support",
                    "We should add full TypeScript type definitions",
                    Fate.OPEN),
            // Not in the example: something that was merged.
            pull(
                    TOOLBOX,
                    1,
                    People.DEVELOPER,
                    "Add type definitions",
                    "Type definitions for the whole public API.",
                    "types",
                    Fate.MERGED));

    /** What the example shows of labels, assignees, comments and reactions it shows with this one. */
    static final Entry TYPO = ENTRIES.getFirst();

    /** What somebody says to {@link #TYPO}: the text of a comment, or a reaction's content. */
    record Comment(Person by, String text) {}

    static final List<Comment> COMMENTS = List.of(
            new Comment(People.OCTOCAT, "Thank you, well spotted."),
            new Comment(People.TORVALDS, "See pull request 1."));

    static final List<Comment> REACTIONS = List.of(
            new Comment(People.JOHN, "+1"), new Comment(People.OCTOCAT, "heart"), new Comment(People.AWS, "+1"));

    /** A fork of {@link #HELLO_WORLD}. */
    static final String FORK = "/repos/" + People.JOHN.login() + "/" + HELLO_WORLD.name();

    /** The two that are created together, in one batch. */
    static final List<Entry> TOGETHER = List.of(
            issue(
                    LINUX,
                    2,
                    People.TORVALDS,
                    "Track: Memory leak in driver",
                    "Tracking issue for the memory leak fix.",
                    Fate.OPEN),
            pull(
                    LINUX,
                    2,
                    People.TORVALDS,
                    "Fix memory leak in driver X",
                    "Fixes the memory leak described in issue #2.",
                    "driver-leak",
                    Fate.OPEN));

    /** Who stars what, in this order. */
    record Starring(Person person, Repo repo) {}

    static final List<Starring> STARS = List.of(
            new Starring(People.JOHN, TOOLBOX),
            new Starring(People.JOHN, HELLO_WORLD),
            new Starring(People.TORVALDS, HELLO_WORLD),
            new Starring(People.JOHN, LINUX),
            new Starring(People.OCTOCAT, LINUX));

    private ExampleData() {}

    private static Entry issue(Repo repo, long number, Person author, String title, String text, Fate fate) {
        return new Entry(repo, number, author, title, text, "", fate);
    }

    private static Entry pull(
            Repo repo, long number, Person author, String title, String text, String head, Fate fate) {
        return new Entry(repo, number, author, title, text, head, fate);
    }
}
