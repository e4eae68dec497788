package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.forgelog.api.http.ApiJson;
import org.forgelog.api.representation.HistoryEntryJson;
import org.forgelog.api.representation.HistoryEntryJson.FieldChange;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.moment.EventOrigin;
import org.forgelog.query.moment.Version;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every change of every field of something, with who made it and when. Each version is shown by the view that shows the
 * thing itself, and compared with the one before; labels, milestones and people have their present names.
 */
public final class Histories {

    private static final JsonMapper JSON = ApiJson.mapper();
    /** What only leads on, follows from something else, or says of every change that there was one. */
    private static final Pattern LEFT_OUT = Pattern.compile("url|.*_url|_links|node_id|updated_at|pushed_at|repository"
            + "|permissions|author_association|pull_request|forks.*|open_issues.*|stargazers_count|watchers.*"
            + "|subscribers_count|network_count|public_repos|.*_private_repos|source|parent");

    /** What of an object tells it from others of its kind. */
    private static final List<String> NAMES = List.of("label", "login", "name", "title", "total_count");

    private static final Set<String> UNSAID = Set.of(Attr.POS, Attr.CHANGED, Attr.UPDATED_AT);

    private final ReadContext read;

    public Histories(ReadContext read) {
        this.read = read;
    }

    /** Of an issue or a pull request. */
    public List<HistoryEntryJson> ofConversation(Address address, ConversationKind kind, long number) {
        long repository = read.names().repository(address);
        ItemKey key = Conversations.require(read, kind, repository, number);
        return of("r:" + repository, key, item -> {
            ConversationViews views = new ConversationViews(read.over(overlay(item)));
            Item conversation = Objects.requireNonNull(item.item());
            return kind == ConversationKind.ISSUE ? views.issue(conversation) : views.pull(conversation);
        });
    }

    /** Of a repository itself. */
    public List<HistoryEntryJson> ofRepository(Address address) {
        long repository = read.names().repository(address);
        return of("r:" + repository, Keys.repository(repository), item -> new RepositoryViews(read.over(overlay(item)))
                .counted(repository));
    }

    /** Of an account, for itself, for those who run an organization, and for site administrators. */
    public List<HistoryEntryJson> ofAccount(String login) {
        long id = read.names().account(login);
        Item account = read.lookup().item(Keys.account(id));
        boolean own = Objects.equals(read.callerId(), id)
                || read.caller().siteAdmin()
                || account != null && read.visibility().role(account, read.callerId()) == OrganizationRole.ADMIN;
        if (!own) {
            read.lookup().reject(Rejection.forbidden("Only the account itself sees what it was"));
        }
        return of("a:" + id, Keys.account(id), item -> new AccountViews(read.over(overlay(item))).account(id));
    }

    private OverlayLookup overlay(Version version) {
        Item item = Objects.requireNonNull(version.item());
        Map<ItemKey, @Nullable Item> items = new HashMap<>();
        items.put(item.key(), item);
        items.put(Keys.body(item.key()), version.body());
        return new OverlayLookup(read.lookup(), items);
    }

    private List<HistoryEntryJson> of(String sequence, ItemKey key, Function<Version, Object> view) {
        List<Version> versions = read.past().versions(sequence, key);
        if (versions == null) {
            return List.of();
        }
        List<HistoryEntryJson> entries = new ArrayList<>();
        Version before = null;
        Map<String, JsonNode> shown = Map.of();
        for (Version version : versions) {
            if (version.item() == null || (before != null && isTheSame(before, version))) {
                continue;
            }
            Map<String, JsonNode> now = shown(version, view);
            List<FieldChange> changes = changes(shown, now);
            if (!changes.isEmpty()) {
                entries.add(entry(version.event(), changes));
            }
            before = version;
            shown = now;
        }
        read.lookup().dependsOn(versions.size() + " versions");
        return entries;
    }

    /** Whether two versions differ in nothing that is shown. */
    private static boolean isTheSame(Version one, Version other) {
        return Objects.equals(one.body(), other.body()) && said(one).equals(said(other));
    }

    private static Map<String, Object> said(Version version) {
        Map<String, Object> said =
                new HashMap<>(Objects.requireNonNull(version.item()).attributes());
        said.keySet().removeAll(UNSAID);
        said.keySet().removeIf(name -> name.startsWith("gsi"));
        return said;
    }

    private Map<String, JsonNode> shown(Version version, Function<Version, Object> view) {
        Map<String, JsonNode> shown = new LinkedHashMap<>();
        try {
            JSON.valueToTree(view.apply(version)).properties().forEach(field -> {
                if (!LEFT_OUT.matcher(field.getKey()).matches()) {
                    shown.put(field.getKey(), brief(field.getValue()));
                }
            });
        } catch (RuntimeException e) {
            read.lookup().reject(e);
        }
        return shown;
    }

    /** What people call something. */
    private static JsonNode brief(JsonNode value) {
        if (value.isArray()) {
            return JSON.valueToTree(value.valueStream().map(Histories::brief).toList());
        }
        if (!value.isObject()) {
            return value;
        }
        return NAMES.stream()
                .filter(value::has)
                .findFirst()
                .map(value::get)
                .orElseGet(() -> JSON.valueToTree(value.toString()));
    }

    private static List<FieldChange> changes(Map<String, JsonNode> before, Map<String, JsonNode> after) {
        List<FieldChange> changes = new ArrayList<>();
        after.forEach((field, value) -> {
            JsonNode old = before.get(field);
            if (!value.equals(old) && !(old == null && isNothing(value))) {
                changes.add(new FieldChange(
                        field, old == null || old.isNull() ? null : old, value.isNull() ? null : value));
            }
        });
        return changes;
    }

    /** Whether it is what goes without saying of something new. */
    private static boolean isNothing(JsonNode value) {
        return value.isNull()
                || value.isArray() && value.isEmpty()
                || value.isBoolean() && !value.asBoolean()
                || value.isNumber() && value.asLong() == 0;
    }

    private HistoryEntryJson entry(StoredEvent event, List<FieldChange> changes) {
        Long actor = EventOrigin.actor(event);
        return new HistoryEntryJson(
                event.position(),
                event.type(),
                actor == null ? null : read.people().user(actor),
                EventOrigin.happened(event),
                changes);
    }
}
