package org.forgelog.query.table;

/** The attributes of items, beside their keys. */
public final class Attr {

    /** What kind of item it is. */
    public static final String TYPE = "type";
    /** The shape of the item, so that a later program knows an old one. */
    public static final String VERSION = "v";
    /** Position of the last event folded into the item. */
    public static final String POS = "pos";
    /**
     * When the last event that changed the item was appended, in seconds since 1970; it never falls. On counts, and where
     * a sequence was blocked or resumed, when that was.
     */
    public static final String CHANGED = "at";
    /** Marks an item that is gone and must not come back through a late write. */
    public static final String TOMBSTONE = "tombstone";
    /** When DynamoDB may forget the item, in seconds since 1970. */
    public static final String TTL = "ttl";

    public static final String CREATED_AT = "created_at";
    public static final String UPDATED_AT = "updated_at";
    public static final String ID = "id";
    public static final String ACCOUNT_ID = "account_id";
    public static final String REPOSITORY_ID = "repository_id";

    public static final String LOGIN = "login";
    public static final String KIND = "kind";
    public static final String SUSPENDED = "suspended";
    public static final String SITE_ADMIN = "site_admin";
    public static final String DELETED = "deleted";
    public static final String EMAIL = "email";
    /** All addresses of a user, the primary one first. */
    public static final String EMAILS = "emails";

    public static final String BLOG = "blog";
    public static final String TWITTER = "twitter_username";
    public static final String COMPANY = "company";
    public static final String LOCATION = "location";
    public static final String HIREABLE = "hireable";
    public static final String BIO = "bio";
    public static final String PLAN = "payment_plan_id";
    public static final String PUBLIC_REPOSITORIES = "public_repositories";
    public static final String PRIVATE_REPOSITORIES = "private_repositories";

    public static final String BILLING_EMAIL = "billing_email";
    /** What an organization lets its members do with its repositories. */
    public static final String OF_MEMBERS = "of_members";

    public static final String ORGANIZATION_ID = "organization_id";
    /** What a member is in an organization. */
    public static final String ROLE = "role";
    /** Whether members alone know that somebody is one. */
    public static final String CONCEALED = "concealed";
    /** What a collaborator may do with a repository. */
    public static final String PERMISSION = "permission";

    public static final String OWNER_ID = "owner_id";
    public static final String OWNER_LOGIN = "owner_login";
    public static final String NAME = "name";
    public static final String DESCRIPTION = "description";
    public static final String ABOUT = "about";
    public static final String HOMEPAGE = "homepage";
    public static final String LANGUAGE = "language";
    public static final String DEFAULT_BRANCH = "default_branch";
    public static final String PRIVATE = "private";
    public static final String ARCHIVED = "archived";
    /** Switches that differ from their defaults. */
    public static final String FLAGS = "flags";
    /** Worded settings that differ from their defaults. */
    public static final String OPTIONS = "options";

    public static final String TOPICS = "topics";
    /**
     * Position from which on the repository, or account, is quarantined, since its sequence is blocked or an event of it was
     * skipped: its owner alone sees the repository then, and nobody has rights through the organization.
     */
    public static final String QUARANTINED = "stopped";
    /** Whether a name is a former one of its repository. */
    public static final String REDIRECT = "redirect";

    /** The repository that a fork was made of. */
    public static final String PARENT_ID = "parent_id";
    /** The repository that all forks of a network go back to. */
    public static final String SOURCE_ID = "source_id";
    /** Public forks that were made of a repository. */
    public static final String FORKS = "forks";
    /** Public forks that go back to a repository. */
    public static final String NETWORK = "network";

    public static final String STARS = "stars";
    /** Ids of those whose pull requests were merged into a repository. */
    public static final String CONTRIBUTORS = "contributors";
    /** How many watch a repository. */
    public static final String SUBSCRIBERS = "subscribers";
    /** Whether somebody wants to hear nothing of a repository. */
    public static final String IGNORED = "ignored";

    public static final String OPEN_ISSUES = "open_issues";
    public static final String OPEN_PULLS = "open_pulls";

    /** How often each reaction was given, by its name for keys. */
    public static final String REACTIONS = "reactions";
    /** What a reaction says. */
    public static final String CONTENT = "content";
    /** Comments on the whole of an issue or pull request. */
    public static final String COMMENTS = "comments";
    /** Comments that point into a pull request's diff. */
    public static final String REVIEW_COMMENTS = "review_comments";
    /** How issues and pull requests are numbered, where they do not have separate sequences. */
    public static final String NUMBERING = "numbering";
    /** Which kind of conversation a comment is part of. */
    public static final String CONVERSATION = "conversation";
    /** The public id of the issue or pull request that a comment is on. */
    public static final String CONVERSATION_ID = "conversation_id";
    /** Where in a diff a comment points. */
    public static final String ANCHOR = "anchor";

    public static final String IN_REPLY_TO = "in_reply_to";

    public static final String NUMBER = "number";
    public static final String AUTHOR_ID = "author_id";
    /** Who sent an invitation. */
    public static final String SENT_BY = "sent_by";

    public static final String TITLE = "title";
    /** What a title was before. */
    public static final String OLD_TITLE = "old_title";

    public static final String BODY = "body";
    /** Whether the body lies in an item of its own. */
    public static final String LONG_BODY = "long_body";

    public static final String OPEN = "open";
    public static final String STATE_REASON = "state_reason";
    public static final String CLOSED_AT = "closed_at";
    public static final String CLOSED_BY = "closed_by";
    /** Ids of labels, in the order they came. */
    public static final String LABELS = "labels";
    /** Ids of accounts, in the order they came. */
    public static final String ASSIGNEES = "assignees";

    public static final String LOCKED = "locked";
    public static final String LOCK_REASON = "lock_reason";
    public static final String DRAFT = "draft";
    public static final String MAINTAINER_CAN_MODIFY = "maintainer_can_modify";
    public static final String HEAD = "head";
    public static final String BASE = "base";
    public static final String MERGE_SHA = "merge_commit_sha";
    public static final String MERGED_AT = "merged_at";
    public static final String MERGED_BY = "merged_by";
    /** The number of what something is planned for. */
    public static final String MILESTONE = "milestone";

    public static final String DUE_ON = "due_on";
    public static final String CREATOR_ID = "creator_id";
    public static final String CLOSED_ISSUES = "closed_issues";
    public static final String STARRED_AT = "starred_at";

    public static final String LABEL_ID = "label_id";
    public static final String COLOR = "color";
    /** What kind of entry of a feed it is, by GitHub's name. */
    public static final String EVENT = "event";
    /** What exactly happened, where the kind leaves that open. */
    public static final String ACTION = "action";
    /** The comment that an entry of a feed is about. */
    public static final String COMMENT_ID = "comment_id";
    /** The user that an entry of a feed is about, other than whoever did it. */
    public static final String MEMBER_ID = "member_id";
    /** The entries of a page of a feed, by their place in it. */
    public static final String ENTRIES = "entries";
    /** When that was which an entry of a feed tells of. */
    public static final String WHEN = "when";
    /** The fork that an entry of a feed is about. */
    public static final String FORK_ID = "fork_id";

    public static final String POSITION = "position";
    public static final String BUILT = "built";
    /** How far each slot of the table is. */
    public static final String POSITIONS = "positions";
    /** Which slots a segment had, as earlier programs noted it; absent where it had all. */
    public static final String SLOTS = "slots";
    /** A replay that somebody asked for and that has not begun. */
    public static final String REPLAY = "replay";

    public static final String ERROR = "error";
    /** Where in the program it failed. */
    public static final String TRACE = "trace";

    private Attr() {}
}
