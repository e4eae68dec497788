package org.forgelog.query.read;

import java.util.List;

/**
 * The ways the table is read: which keys each takes, how consistent it is, and how many rounds of parallel requests it
 * needs. {@code docs/access-patterns.md} and the tests come from here.
 */
public enum AccessPattern {
    ACCOUNT_BY_LOGIN(
            1,
            "account by login",
            1,
            List.of("get `L#login`", "query `A#a`: the account and its counts"),
            "GET /users/{login}, /users/{login}/history, /user, /user/{id}, /orgs/{org}, /organizations/{id}"),
    REPOSITORY_BY_NAME(
            2,
            "repository by owner and name",
            1,
            List.of(
                    "get `N#owner/name`, `R#r / R`, `R#r / C`, `R#r / F`; for a fork that the node has met, `R#r / R` of"
                            + " parent and source and `R#r / F` and `R#r / C` of the source"),
            "GET /repos/{owner}/{repo}, /repositories/{id}, /repos/{owner}/{repo}/topics, /repos/{owner}/{repo}/languages,"
                    + " /repos/{owner}/{repo}/history"),
    OWNED(
            3,
            "account with its repositories, newest first",
            2,
            List.of(
                    "get `L#login`; query `A#a`; query gsi1 `OWN#a`" + KeysAlong.PRIVATE_TOO,
                    "query `R#r` of each: the repository and its counts"),
            "GET /users/{login}/owned"),
    REPOSITORIES_OF_ACCOUNT(
            4,
            "repositories of an account by creation, by update, by name",
            2,
            List.of(
                    "get `L#login`; query gsi1 (creation), gsi4 (update) or gsi3 (name) `OWN#a`"
                            + KeysAlong.PRIVATE_TOO,
                    "query `R#r` of each: the repository and its counts"),
            "GET /users/{login}/repos, /orgs/{org}/repos"),
    REPOSITORIES_OF_SELF(
            4,
            "repositories that a user owns, or has rights on as a member or collaborator",
            2,
            List.of(
                    "query `OWN#a`, `OWN#a#H`, and `OWN#org`, `OWN#org#H` of each organization, in gsi1 (creation), gsi4"
                            + " (update) or gsi3 (name); query gsi1 `ORG#a`, `G#a`; get `R#r / R` of each that is shared",
                    "query `R#r` of each: the repository and its counts; get `G#a / r`, `A#org / M#a`, `A#org / A`"),
            "GET /user/repos"),
    CONVERSATION_BY_NUMBER(
            5,
            "issue, pull request by number",
            1,
            List.of("get `N#owner/name`, `R#r / R`, `R#r#I / n` or `R#r#P / n`, its long body and its labels; query"
                    + " `R#r#L` instead, where it has more than 6 or the node has not met it"),
            "GET /repos/{owner}/{repo}/issues/{n}, /pulls/{n}, /issues/{n}/labels, /pulls/{n}/labels, /pulls/{n}/merge,"
                    + " /issues/{n}/history, /pulls/{n}/history"),
    MANAGED(
            6,
            "issues and pull requests an account opened, by state, newest first",
            2,
            List.of("get `L#login`; query gsi1 `BY#a`", "get `R#r / R` of each, accounts, labels, long bodies"),
            "GET /users/{login}/managed"),
    ACTIVITY(
            7,
            "repository with its issues and pull requests, open before closed, newest first",
            1,
            List.of("get `N#owner/name`, `R#r / R`, `R#r / C`, `R#r / F`; query gsi3 `R#r#I` and `R#r#P`; query `R#r#L`"
                    + " if any has labels"),
            "GET /repos/{owner}/{repo}/activity"),
    CONVERSATIONS_BY_STATE(
            8,
            "issues or pull requests of a repository by state, by creation or update, paged",
            1,
            List.of("get `N#owner/name`, `R#r / R`; query gsi3 (creation) or gsi4 (update) `R#r#I` or `R#r#P`, once"
                    + " for each state; query `R#r#L` if any has labels"),
            "GET /repos/{owner}/{repo}/issues, /pulls"),
    STARRED(
            9,
            "repositories a user starred, newest first",
            2,
            List.of("get `L#login`; query gsi1 `S#a`", "query `R#r` of each: the repository and its counts"),
            "GET /users/{login}/starred, /user/starred"),
    STARGAZERS(
            10,
            "users who starred a repository, newest first",
            2,
            List.of("get `N#owner/name`, `R#r / R`; query gsi2 `SR#r`", "get `A#a / A` of each"),
            "GET /repos/{owner}/{repo}/stargazers"),
    STAR(
            11,
            "whether a user starred a repository",
            1,
            List.of("get `N#owner/name`, `R#r / R`, `S#a / r`"),
            "GET /user/starred/{owner}/{repo}"),
    WATCHED(
            33,
            "repositories a user watches, newest first",
            2,
            List.of("get `L#login`; query gsi1 `W#a`", "query `R#r` of each: the repository and its counts"),
            "GET /users/{login}/subscriptions, /user/subscriptions"),
    WATCHERS(
            34,
            "users who watch a repository, newest first",
            2,
            List.of("get `N#owner/name`, `R#r / R`; query gsi2 `WR#r`", "get `A#a / A` of each"),
            "GET /repos/{owner}/{repo}/subscribers"),
    SUBSCRIPTION(
            35,
            "whether a user watches a repository",
            1,
            List.of("get `N#owner/name`, `R#r / R`, `W#a / r`"),
            "GET /repos/{owner}/{repo}/subscription"),
    EMAILS(36, "addresses of a user", 1, List.of("get `A#a / E`, `A#a / A`"), "GET /user/emails, /user/public_emails"),
    COMMENTS(
            12,
            "comments of an issue or pull request, oldest first",
            1,
            List.of(
                    "get `N#owner/name`, `R#r / R`, `R#r#I / n`; query `C#R#r#I#n`, for pull requests `C#R#r#P#n` or, by"
                            + " update, its gsi1"),
            "GET /repos/{owner}/{repo}/issues/{n}/comments, /pulls/{n}/comments"),
    REACTIONS(
            13,
            "reactions of an issue, pull request or comment, oldest first; their totals are part of what they are given to",
            2,
            List.of(
                    "get `N#owner/name`, `R#r / R`, `R#r#I / n` (for a comment `CI#c`); query `X#R#r#I#n` (`X#CI#c`), once"
                            + " for each content that is asked for",
                    "get `A#a / A` of each"),
            "GET /repos/{owner}/{repo}/issues/{n}/reactions, /pulls/{n}/reactions, /issues/comments/{id}/reactions,"
                    + " /pulls/comments/{id}/reactions"),
    COMMENTS_OF_REPOSITORY(
            21,
            "comments on all issues or all pull requests of a repository, by creation or update",
            1,
            List.of("get `N#owner/name`, `R#r / R`; query gsi3 (creation) or gsi4 (update) `C#R#r#I` or `C#R#r#P`"),
            "GET /repos/{owner}/{repo}/issues/comments, /pulls/comments"),
    COMMENT(
            22,
            "comment by id",
            1,
            List.of("get `N#owner/name`, `R#r / R`, `C#R#r#I#n / created#c` and its long body; where it is (`CI#c`) one"
                    + " round before, unless the node has met the comment"),
            "GET /repos/{owner}/{repo}/issues/comments/{id}, /pulls/comments/{id}"),
    FORKS(
            14,
            "forks of a repository, newest first",
            2,
            List.of(
                    "get `N#owner/name`, `R#r / R`; query gsi2 `FORK#r`; for who is signed in `FORK#r#a`, gsi1 `ORG#a`, `G#a`",
                    "query `R#r` of each: the repository and its counts; get accounts"),
            "GET /repos/{owner}/{repo}/forks"),
    ISSUES_BY_EDGE(
            16,
            "issues of a repository with a label, a milestone or an assignee, by creation or update",
            2,
            List.of(
                    "get `N#owner/name`, `R#r / R`, `L#assignee`; query `LAB#l`, `MIL#r#n` or gsi1 `ASR#r#a`, of open ones"
                            + " `LAB#l#O`, `MIL#r#n#O` or gsi1 `ASR#r#a#O`; query `R#r#L` for the label or if any has labels,"
                            + " and get `R#r#N / N#label` where there are more than 100",
                    "get `R#r#I / n` or `R#r#P / n` of each; by update, where there are more than 100,"
                            + " query gsi4 `R#r#I`, `R#r#P` instead"),
            "GET /repos/{owner}/{repo}/issues?labels=&milestone=&assignee="),
    ISSUES_ACROSS(
            16,
            "issues assigned to or opened by the caller, or in the caller's repositories, by creation or update",
            2,
            List.of(
                    "query `ASG#a` or, of open ones, `ASG#a#O`, gsi1 `BY#a`; for an organization get `L#org`, `A#org / A`",
                    "get `R#r#I / n` or `R#r#P / n` of each, accounts, long bodies; query `R#r` of each: the repository"
                            + " and its counts; query `R#r#L` (labels)"),
            "GET /issues, /user/issues, /orgs/{org}/issues"),
    LABELS(
            17,
            "labels of a repository, by name",
            1,
            List.of("get `N#owner/name`, `R#r / R`; query gsi3 `R#r#L`"),
            "GET /repos/{owner}/{repo}/labels"),
    LABEL_BY_NAME(
            17,
            "label of a repository by its name",
            1,
            List.of("get `N#owner/name`, `R#r / R`, `R#r#N / N#name`, `R#r#L / label`"),
            "GET /repos/{owner}/{repo}/labels/{name}"),
    MILESTONES(
            32,
            "milestones of a repository, by due date or completeness",
            1,
            List.of("get `N#owner/name`, `R#r / R`; query `R#r#M`"),
            "GET /repos/{owner}/{repo}/milestones"),
    MILESTONE(
            32,
            "milestone of a repository by its number",
            1,
            List.of("get `N#owner/name`, `R#r / R`, `R#r#M / n`"),
            "GET /repos/{owner}/{repo}/milestones/{n}"),
    MILESTONE_LABELS(
            32,
            "labels of what is planned for a milestone",
            1,
            List.of(
                    "get `N#owner/name`, `R#r / R`, `R#r#M / n`; query gsi3 `MIL#r#n`, once for each state; query `R#r#L`"),
            "GET /repos/{owner}/{repo}/milestones/{n}/labels"),
    ASSIGNEES(
            18,
            "who can be assigned in a repository",
            2,
            List.of(
                    "get `N#owner/name`, `R#r / R`, what the caller is judged by; query gsi2 `COL#r`, `A#org` from `M#`; for"
                            + " one of them get `L#login` and what it is judged by",
                    "`G#a / r`, `A#org / M#a`, `A#a / A` of each"),
            "GET /repos/{owner}/{repo}/assignees, /repos/{owner}/{repo}/assignees/{login}"),
    MEMBERS(
            15,
            "members of an organization",
            2,
            List.of("get `L#org`, `A#org / A`; query `A#org` from `M#`", "get `A#a / A` of each"),
            "GET /orgs/{org}/members, /orgs/{org}/public_members"),
    MEMBERSHIP(
            15,
            "what a user is in an organization",
            1,
            List.of(
                    "get `L#org`, `L#login`, `A#org / A`, `A#org / M#a`, `I#a / M#org`, and the caller's `A#org / M#a`"),
            "GET /orgs/{org}/members/{login}, /orgs/{org}/memberships/{login}, /user/memberships/orgs/{org}"),
    ORGANIZATIONS_OF_USER(
            15,
            "organizations of a user",
            2,
            List.of(
                    "get `L#login`; query gsi1 `ORG#a`, for memberships `I#a` from `M#`",
                    "get `A#org / A`, `A#org / M#a` of each"),
            "GET /users/{login}/orgs, /user/orgs, /user/memberships/orgs"),
    COLLABORATORS(
            19,
            "who has rights of their own on a repository",
            2,
            List.of(
                    "get `N#owner/name`, `R#r / R`, what the caller is judged by; query gsi2 `COL#r`, `A#org` from `M#`",
                    "get `G#a / r`, `A#org / M#a`, `A#a / A` of each"),
            "GET /repos/{owner}/{repo}/collaborators"),
    COLLABORATOR(
            19,
            "what a user may do with a repository",
            1,
            List.of("get `N#owner/name`, `R#r / R`, `L#login`, what caller and user are judged by: `G#a / r`, `A#org /"
                    + " M#a`, `A#org / A`"),
            "GET /repos/{owner}/{repo}/collaborators/{login}, /repos/{owner}/{repo}/collaborators/{login}/permission"),
    OUTSIDE_COLLABORATORS(
            37,
            "collaborators on an organization's repositories who are no members",
            3,
            List.of(
                    "get `L#org`, `A#org / A`, `A#org / M#a` of the caller; query gsi4 `OWN#org`, `OWN#org#H`",
                    "query gsi2 `COL#r` of each of 1,000",
                    "get `A#org / M#a`, `A#a / A` of each"),
            "GET /orgs/{org}/outside_collaborators"),
    INVITATIONS_OF_USER(
            30,
            "what a user is invited to",
            2,
            List.of(
                    "query `I#a` from `C#`, `M#` or `O#`",
                    "query `R#r` of each: the repository and its counts; get `G#a / r`, `A#a / A` of each"),
            "GET /user/repository_invitations, /user/repository_transfers"),
    INVITATIONS(
            31,
            "who is invited to a repository, or an organization",
            2,
            List.of(
                    "get `N#owner/name`, `R#r / R` or `L#org`, `A#org / A`, what the caller is judged by; query gsi2"
                            + " `IT#C#r` or `IT#M#org`",
                    "get `I#a / C#r` or `I#a / M#org`, `A#a / A` of each, `R#r / C`, `R#r / F`"),
            "GET /repos/{owner}/{repo}/invitations, /orgs/{org}/invitations"),
    ORGANIZATIONS(20, "organizations by id", 1, List.of("query gsi1 `ORGS`"), "GET /organizations"),
    USERS(20, "users and organizations by id", 1, List.of("query gsi1 `USERS`, `ORGS`"), "GET /users"),
    PUBLIC_REPOSITORIES(
            20,
            "public repositories by id",
            2,
            List.of("query `REPOS`", "query `R#r` of each: the repository and its counts"),
            "GET /repositories"),
    TIMELINE(
            26,
            "what happened to an issue, in order, and with the comments on it",
            1,
            List.of("get `N#owner/name`, `R#r / R`, `R#r#I / n`; query `R#r#L` (labels), `H#R#r#I#n`; for the timeline"
                    + " `C#R#r#I#n` too"),
            "GET /repos/{owner}/{repo}/issues/{n}/events, /repos/{owner}/{repo}/issues/{n}/timeline"),
    TIMELINE_OF_REPOSITORY(
            27,
            "what happened to the issues of a repository, newest first",
            2,
            List.of("get `N#owner/name`, `R#r / R`; query `R#r#L` (labels), gsi1 `H#R#r#I`", "get `R#r#I / n` of each"),
            "GET /repos/{owner}/{repo}/issues/events"),
    TIMELINE_ENTRY(
            38,
            "something that happened to an issue, by its id",
            2,
            List.of("get `N#owner/name`, `R#r / R`; query gsi2 `HI#r`", "get `R#r#I / n` of it"),
            "GET /repos/{owner}/{repo}/issues/events/{id}"),
    FEED_OF_REPOSITORY(
            23,
            "what happened in a repository, newest first",
            2,
            List.of("get `N#owner/name`, `R#r / R`; query `R#r#L` (labels), `F#r`", "get " + KeysAlong.NAMED),
            "GET /repos/{owner}/{repo}/events"),
    FEED_OF_ACCOUNT(
            24,
            "what an account did, newest first",
            2,
            List.of("get `L#login`; query gsi1 `F#A#a`", "get `R#r / R` of each, " + KeysAlong.NAMED_ANYWHERE),
            "GET /users/{login}/events, /users/{login}/events/public"),
    FEED_OF_ORGANIZATION(
            28,
            "what happened in public in an organization's repositories, newest first",
            3,
            List.of(
                    "get `L#org`, `A#org / A`; query gsi4 `OWN#org`",
                    "query `F#r` of each of 1,000",
                    "get `R#r / R` of each, " + KeysAlong.NAMED_ANYWHERE),
            "GET /orgs/{org}/events"),
    FEED_OF_NETWORK(
            29,
            "what happened in public in a repository and what it was forked from and to, newest first",
            3,
            List.of(
                    "get `N#owner/name`, `R#r / R`, `R#r / F`; query gsi2 `FORK#r`; for a fork, again for the source; for"
                            + " forks that have forks, again for each level",
                    "query `F#r` of each of 1,000",
                    "get `R#r / R` of each, " + KeysAlong.NAMED_ANYWHERE),
            "GET /networks/{owner}/{repo}/events"),
    FEED_OF_ALL(
            25,
            "what happened anywhere in public, newest first",
            2,
            List.of("query gsi2 `F#P#shard` of 8", "get `R#r / R` of each, " + KeysAlong.NAMED_ANYWHERE),
            "GET /events");

    private final int number;
    private final String title;
    private final int rounds;
    private final List<String> requests;
    private final String routes;

    AccessPattern(int number, String title, int rounds, List<String> requests, String routes) {
        this.number = number;
        this.title = title;
        this.rounds = rounds;
        this.requests = requests;
        this.routes = routes;
    }

    public int number() {
        return number;
    }

    public String title() {
        return title;
    }

    /**
     * Rounds of parallel requests at most, once this node has met the names. A name not met before costs one more, and so
     * do people not mentioned before, and long bodies of a list, where there is no later round for them.
     */
    public int rounds() {
        return rounds;
    }

    public List<String> requests() {
        return requests;
    }

    public String routes() {
        return routes;
    }
}
