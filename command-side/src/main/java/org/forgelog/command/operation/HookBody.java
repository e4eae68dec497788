package org.forgelog.command.operation;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.forgelog.command.subscription.Hook;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the body of a request says of a hook, checked; for what it does not say there is what was before. */
final class HookBody {

    static final String RESOURCE = "Hook";

    private static final int URL_LIMIT = 2_000;
    private static final int LAST_PORT = 65_535;
    private static final int MOST_EVENTS = 100;
    private static final int SECRET_LIMIT = 255;

    private HookBody() {}

    static Hook.Config config(JsonNode given, Hook.@Nullable Config before) {
        String url = string(given, "url");
        if (url == null) {
            if (before == null) {
                throw Rejection.invalid(RESOURCE, "url", Fault.MISSING_FIELD, null);
            }
            url = before.url();
        }
        checkUrl(url);
        String type = string(given, "content_type");
        type = type != null ? type : before == null ? Hook.FORM : before.contentType();
        if (!type.equals(Hook.JSON) && !type.equals(Hook.FORM)) {
            throw invalid("content_type", "content_type must be one of json, form");
        }
        JsonNode insecure = given.path("insecure_ssl");
        if (!insecure.isMissingNode()
                && !insecure.isNull()
                && !insecure.asString("").equals("0")) {
            throw invalid("insecure_ssl", "certificates are always verified here");
        }
        String secret = given.has("secret") ? string(given, "secret") : before == null ? null : before.secret();
        if (secret != null && (secret.length() > SECRET_LIMIT || secret.indexOf('\0') >= 0)) {
            throw invalid("secret", "secret is too long (maximum is " + SECRET_LIMIT + " characters)");
        }
        return new Hook.Config(url, type, secret == null || secret.isEmpty() ? null : secret);
    }

    private static void checkUrl(String url) {
        try {
            URI uri = new URI(url);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean port = uri.getPort() != 0 && uri.getPort() <= LAST_PORT;
            if (http && port && uri.getHost() != null && uri.getUserInfo() == null && url.length() <= URL_LIMIT) {
                return;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw invalid("url", "url must be an address of http or https");
    }

    static List<String> events(JsonNode body, List<String> otherwise) {
        if (!body.path("events").isArray()) {
            return otherwise;
        }
        List<String> events = new ArrayList<>();
        for (JsonNode event : body.path("events")) {
            String name = event(event);
            if (!events.contains(name)) {
                events.add(name);
            }
        }
        return events.isEmpty() ? otherwise : bounded(events);
    }

    /** With those that are to be added, and without those that are to go. */
    static List<String> changedEvents(JsonNode body, List<String> before) {
        List<String> events = new ArrayList<>(events(body, before));
        for (JsonNode more : body.path("add_events")) {
            events.add(event(more));
        }
        for (JsonNode less : body.path("remove_events")) {
            events.remove(event(less));
        }
        return bounded(Set.copyOf(events));
    }

    private static List<String> bounded(Collection<String> events) {
        if (events.size() > MOST_EVENTS) {
            throw invalid("events", "events is too long (maximum is " + MOST_EVENTS + ")");
        }
        return List.copyOf(events);
    }

    private static String event(JsonNode name) {
        String text = name.asString("");
        if (!text.matches("[a-z_]{1,50}|\\*")) {
            throw invalid("events", "events holds something that is no name of an event");
        }
        return text;
    }

    static @Nullable String string(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() ? value.stringValue() : null;
    }

    static boolean flag(JsonNode body, String field, boolean otherwise) {
        return body.path(field).isBoolean() ? body.path(field).booleanValue() : otherwise;
    }

    static Rejection invalid(String field, String message) {
        return Rejection.invalid(RESOURCE, field, Fault.CUSTOM, message);
    }
}
