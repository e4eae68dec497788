package org.forgelog.eventlog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.forgelog.eventlog.PersonalFields.Field;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes a person out of what is stored in the clear: out of the personal fields of events from before there were keys, and out
 * of texts, whoever wrote them, where they mention the person ({@code @login}), link to the person, or have the person's
 * address of mail. A word that happens to read like the login is left alone.
 */
public final class PersonScrubber {

    /** Stands where the person was mentioned. */
    public static final String GHOST = "ghost";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final PersonNames names;
    /** What stays of each is its first group. */
    private final List<Pattern> forms = new ArrayList<>();

    public PersonScrubber(PersonNames names) {
        this.names = names;
        if (!names.emails().isEmpty()) {
            form("(^|[^A-Za-z0-9._+-])", names.emails(), "");
        }
        if (!names.logins().isEmpty()) {
            form("((?:^|[^A-Za-z0-9._+-])@)", names.logins(), "");
            // The owner's name in a link; before it at most a few parts of a path.
            form("(https?://[^\\s/]+/(?:[A-Za-z0-9]+/){0,3}?)", names.logins(), "");
            // As titles of merge commits name branches.
            form("(\\bfrom )", names.logins(), "(?=[/:])");
        }
    }

    private void form(String before, Set<String> words, String after) {
        String any = words.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        forms.add(Pattern.compile(before + "(?:" + any + ")(?![A-Za-z0-9-])" + after, Pattern.CASE_INSENSITIVE));
    }

    /** The text without the person; the very same when nothing changes. */
    public String text(String text) {
        String after = text;
        if (names.areIn(text)) {
            for (Pattern form : forms) {
                after = form.matcher(after).replaceAll("$1" + GHOST);
            }
        }
        return after;
    }

    /** Texts in JSON, in place; answers whether anything changed. */
    public boolean texts(JsonNode json) {
        boolean changed = false;
        if (json instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                changed |= texts(object.get(name), after -> object.put(name, after));
            }
        } else if (json instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int place = i;
                changed |= texts(array.get(i), after -> array.set(place, after));
            }
        }
        return changed;
    }

    private boolean texts(JsonNode value, Consumer<String> replacement) {
        if (!value.isString()) {
            return texts(value);
        }
        String after = text(value.asString());
        if (after.equals(value.asString())) {
            return false;
        }
        replacement.accept(after);
        return true;
    }

    /**
     * An event without the person.
     *
     * @param payload {@code null} when nothing changes in it
     * @param metadata {@code null} when nothing changes in them
     * @param isText whether something was in a text, which the event's sequence made something of
     */
    public record Scrubbed(@Nullable String payload, @Nullable String metadata, boolean isText) {}

    /** Empty when nothing in the event tells of the person in the clear. */
    public Optional<Scrubbed> event(StoredEvent event) {
        boolean fields = false;
        boolean inTexts = false;
        JsonNode payload = JSON.readTree(event.payload());
        if (payload instanceof ObjectNode object) {
            fields = fields(event, object);
            inTexts = texts(object);
        }
        JsonNode metadata = JSON.readTree(event.metadata());
        boolean inMetadata = texts(metadata);
        return fields || inTexts || inMetadata
                ? Optional.of(new Scrubbed(
                        fields || inTexts ? payload.toString() : null,
                        inMetadata ? metadata.toString() : null,
                        inTexts))
                : Optional.empty();
    }

    /** Fields in the clear are left as those of a destroyed key. */
    private boolean fields(StoredEvent event, ObjectNode payload) {
        boolean changed = false;
        for (Field field : PersonalFields.of(event.type())) {
            ObjectNode parent = PersonalData.parent(payload, field);
            JsonNode value = parent == null ? null : parent.get(field.name());
            if (parent != null
                    && value != null
                    && !value.isNull()
                    && !value.isObject()
                    && isHers(payload, field, value)) {
                parent.set(
                        field.name(),
                        JSON.createObjectNode()
                                .put(PersonalData.OF, names.account().value()));
                changed = true;
            }
        }
        return changed;
    }

    private boolean isHers(ObjectNode payload, Field field, JsonNode value) {
        JsonNode person = payload.get(field.person());
        if (person != null && !person.isNull()) {
            return person.asLong(0) == names.account().value();
        }
        // Events of old do not say whose the repository is.
        return names.repositories().contains(payload.path("repository_id").asLong(0))
                && value.isString()
                && names.logins().contains(value.asString().toLowerCase(Locale.ROOT));
    }
}
