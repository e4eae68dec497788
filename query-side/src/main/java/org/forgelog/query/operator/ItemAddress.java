package org.forgelog.query.operator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;

/**
 * What people call an item: a URL of the API or of a page, {@code owner/name}, {@code owner/name#1}, a login, or a key
 * whose ids need no zeros before them.
 */
public final class ItemAddress {

    private static final String BETWEEN_KEYS = " / ";
    private static final Pattern ORIGIN = Pattern.compile("^https?://[^/]+");
    private static final Pattern COMMENT =
            Pattern.compile("([^/#]+)/([^/#]+)/(?:issues|pulls)/comments/(\\d{1,18})(?:/.*)?");
    private static final Pattern CONVERSATION =
            Pattern.compile("([^/#]+)/([^/#]+)(?:#|/issues/|/pulls?/)(\\d{1,18})(/.*)?");
    private static final Pattern LABEL = Pattern.compile("([^/#]+)/([^/#]+)/labels/(.+)");
    private static final Pattern REPOSITORY = Pattern.compile("([^/#]+)/([^/#]+)(?:/.*)?");
    private static final Pattern ACCOUNT = Pattern.compile("[^/#\\s]+");
    /** A part of a key that is an id. */
    private static final Pattern ID = Pattern.compile("(?<=^|#)\\d{1,18}(?=$|#)");
    /** Names may be digits alone, too: these parts are taken as they are. */
    private static final Pattern NAME = Pattern.compile("(?:L#[^#]*|N#.*)");

    private final DirectoryNames names;

    public ItemAddress(DirectoryNames names) {
        this.names = names;
    }

    /** The keys that it may stand for, the likeliest first; none where nobody knows. */
    public List<ItemKey> keys(String address) {
        String text = address.strip();
        int between = text.indexOf(BETWEEN_KEYS);
        if (between > 0 && between + BETWEEN_KEYS.length() < text.length()) {
            return keys(text.substring(0, between), text.substring(between + BETWEEN_KEYS.length()));
        }
        return named(path(text));
    }

    /** As it is written, and with all ids as wide as they are stored. */
    private static List<ItemKey> keys(String pk, String sk) {
        List<ItemKey> keys = new ArrayList<>();
        keys.add(key(pk, sk));
        boolean isName = NAME.matcher(pk).matches();
        ItemKey wide = isName
                ? keys.getFirst()
                : key(wide(pk), NAME.matcher(sk).matches() && pk.endsWith("#N") ? sk : wide(sk));
        if (!wide.equals(keys.getFirst())) {
            keys.add(wide);
        }
        return keys;
    }

    private static ItemKey key(String pk, String sk) {
        return Item.read(Map.of(Keys.PK, Item.text(pk), Keys.SK, Item.text(sk))).key();
    }

    private static String wide(String part) {
        return ID.matcher(part).replaceAll(match -> Keys.byId(Long.parseLong(match.group())));
    }

    /** What is left of a URL when it has lost what all of them have; anything else as it is. */
    private static String path(String text) {
        String path = ORIGIN.matcher(text).replaceFirst("");
        path = path.replaceFirst("\\?.*$", "").replaceFirst("#[^\\d/].*$", "");
        path = path.replaceFirst("^/?api/v3(?=/)", "").replaceFirst("^/?(?:repos|users|orgs)/", "");
        path = path.replaceFirst("^[/@]+", "").replaceFirst("/+$", "");
        return path.indexOf('%') < 0 ? path : URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private List<ItemKey> named(String path) {
        Matcher comment = COMMENT.matcher(path);
        if (comment.matches()) {
            return List.of(Keys.commentPlace(Long.parseLong(comment.group(3))));
        }
        Matcher conversation = CONVERSATION.matcher(path);
        if (conversation.matches()) {
            RepositoryId repository = names.repository(conversation.group(1), conversation.group(2));
            return repository == null
                    ? List.of()
                    : conversations(repository.value(), Long.parseLong(conversation.group(3)), path);
        }
        Matcher label = LABEL.matcher(path);
        if (label.matches()) {
            RepositoryId repository = names.repository(label.group(1), label.group(2));
            return repository == null ? List.of() : List.of(Keys.labelName(repository.value(), label.group(3)));
        }
        Matcher repository = REPOSITORY.matcher(path);
        if (repository.matches()) {
            RepositoryId id = names.repository(repository.group(1), repository.group(2));
            // Where the directory knows of none, the table may have kept the name.
            return id == null
                    ? List.of(Keys.repositoryName(repository.group(1), repository.group(2)))
                    : List.of(Keys.repository(id.value()));
        }
        return ACCOUNT.matcher(path).matches() ? account(path) : List.of();
    }

    private static List<ItemKey> conversations(long repository, long number, String path) {
        ItemKey issue = Keys.conversation(ConversationKind.ISSUE, repository, number);
        ItemKey pull = Keys.conversation(ConversationKind.PULL_REQUEST, repository, number);
        return path.contains("/pull") ? List.of(pull, issue) : List.of(issue, pull);
    }

    private List<ItemKey> account(String login) {
        @Nullable Long id = names.account(login);
        return id == null ? List.of(Keys.login(login)) : List.of(Keys.account(id));
    }
}
