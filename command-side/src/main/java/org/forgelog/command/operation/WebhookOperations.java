package org.forgelog.command.operation;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.forgelog.api.http.ApiJson;
import org.forgelog.api.representation.DeliveryJson;
import org.forgelog.api.representation.HookJson;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.command.subscription.Delivery;
import org.forgelog.command.subscription.Delivery.Message;
import org.forgelog.command.subscription.Hook;
import org.forgelog.command.subscription.Hooks;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The webhooks of repositories, or of organizations: for those who have admin rights there. */
final class WebhookOperations {

    private static final String RESOURCE = "Hook";
    /** For each repository or organization. */
    private static final int MOST = 20;

    private static final int URL_LIMIT = 2_000;
    private static final int LAST_PORT = 65_535;
    private static final int MOST_EVENTS = 100;
    private static final int SECRET_LIMIT = 255;
    private static final int PAGE = 30;
    private static final int LARGEST_PAGE = 100;
    private static final String ZEN = "Truth is an append-only log.";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonMapper SNAKE = ApiJson.mapper();

    /** Whose hooks they are; one of the two. */
    private record Owner(@Nullable RepositoryId repository, @Nullable AccountId organization, String path) {

        boolean has(Hook hook) {
            return repository != null
                    ? repository.equals(hook.repositoryId())
                    : organization != null && organization.equals(hook.organizationId());
        }

        /** The sequence that what is about the hook itself is told in. */
        String sequenceKey() {
            return repository != null
                    ? repository.sequenceKey()
                    : organization == null ? "" : organization.sequenceKey();
        }
    }

    private final boolean ofOrganizations;

    private WebhookOperations(boolean ofOrganizations) {
        this.ofOrganizations = ofOrganizations;
    }

    static WebhookOperations ofRepositories() {
        return new WebhookOperations(false);
    }

    static WebhookOperations ofOrganizations() {
        return new WebhookOperations(true);
    }

    private Owner owner(Session session, Request request) {
        if (ofOrganizations) {
            AccountRow organization = Organizations.find(session, request, Lock.KEEP);
            Organizations.requireAdmin(session, request, organization);
            return new Owner(null, organization.id(), "/orgs/" + organization.login());
        }
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        Repositories.requireAdmin(repository);
        return new Owner(repository.id(), null, "/repos/" + repository.owner().login() + "/" + repository.name());
    }

    private Hook hook(Session session, Request request, Owner owner) {
        return session.hooks()
                .find(request.number("hook_id"))
                .filter(owner::has)
                .orElseThrow(Rejection::notFound);
    }

    Answer list(Session session, Request request) {
        Owner owner = owner(session, request);
        int size = whole(request, "per_page", PAGE);
        int page = Math.min(whole(request, "page", 1), MOST);
        int offset = (page - 1) * size;
        Hooks hooks = session.hooks();
        List<Hook> found = owner.repository() != null
                ? hooks.ofRepository(owner.repository(), offset, size + 1)
                : owner.organization() == null
                        ? List.of()
                        : hooks.ofOrganization(owner.organization(), offset, size + 1);
        List<HookJson> shown = found.stream()
                .limit(size)
                .map(hook -> json(request, owner, hook))
                .toList();
        return page(request, shown, found.size() > size ? "per_page=" + size + "&page=" + (page + 1) : null);
    }

    Answer get(Session session, Request request) {
        Owner owner = owner(session, request);
        return Answer.ok(json(request, owner, hook(session, request, owner)));
    }

    Answer config(Session session, Request request) {
        return Answer.ok(config(hook(session, request, owner(session, request))));
    }

    Answer create(Session session, Request request) {
        session.refuseToBeRemembered();
        Owner owner = owner(session, request);
        String name = string(request.body(), "name");
        if (name != null && !name.equals("web")) {
            throw invalid("name", "name must be web");
        }
        Hook.Config config = config(request.body().path("config"), null);
        List<String> events = events(request.body(), List.of("push"));
        Hooks hooks = session.hooks();
        List<Hook> others = owner.repository() != null
                ? hooks.ofRepository(owner.repository(), 0, MOST)
                : hooks.ofOrganization(java.util.Objects.requireNonNull(owner.organization()), 0, MOST);
        if (others.size() >= MOST) {
            throw invalid("base", "The \"web\" event cannot have more than " + MOST + " hooks");
        }
        for (Hook other : others) {
            if (other.config().url().equals(config.url())
                    && Set.copyOf(other.events()).equals(Set.copyOf(events))) {
                throw invalid("base", "Hook already exists on this " + other.targetType());
            }
        }
        Hook hook = new Hook(
                session.directory().nextPublicId(),
                owner.repository(),
                owner.organization(),
                config,
                events,
                flag(request.body(), "active", true),
                request.links().base(),
                request.links().web(),
                session.now(),
                session.now(),
                null);
        hooks.add(hook);
        if (hook.active()) {
            ping(session, request, owner, hook);
        }
        HookJson json = json(request, owner, hook);
        return Answer.created(json, json.url());
    }

    Answer update(Session session, Request request) {
        session.refuseToBeRemembered();
        Owner owner = owner(session, request);
        Hook hook = hook(session, request, owner);
        List<String> events = new ArrayList<>(events(request.body(), hook.events()));
        for (JsonNode more : request.body().path("add_events")) {
            events.add(event(more));
        }
        for (JsonNode less : request.body().path("remove_events")) {
            events.remove(event(less));
        }
        Hook.Config config = request.body().path("config").isObject()
                ? config(request.body().path("config"), hook.config())
                : hook.config();
        Hook changed = changed(
                session, hook, config, bounded(Set.copyOf(events)), flag(request.body(), "active", hook.active()));
        session.hooks().update(changed);
        return Answer.ok(json(request, owner, changed));
    }

    Answer updateConfig(Session session, Request request) {
        session.refuseToBeRemembered();
        Hook hook = hook(session, request, owner(session, request));
        Hook changed = changed(session, hook, config(request.body(), hook.config()), hook.events(), hook.active());
        session.hooks().update(changed);
        return Answer.ok(config(changed));
    }

    private static Hook changed(Session session, Hook hook, Hook.Config config, List<String> events, boolean active) {
        return new Hook(
                hook.id(),
                hook.repositoryId(),
                hook.organizationId(),
                config,
                events,
                active,
                hook.apiUrl(),
                hook.webUrl(),
                hook.createdAt(),
                session.now(),
                hook.last());
    }

    Answer delete(Session session, Request request) {
        Hook hook = hook(session, request, owner(session, request));
        session.hooks().delete(hook.id());
        return Answer.noContent();
    }

    Answer ping(Session session, Request request) {
        Owner owner = owner(session, request);
        Hook hook = hook(session, request, owner);
        requireRoom(session, hook);
        ping(session, request, owner, hook);
        return Answer.noContent();
    }

    private void ping(Session session, Request request, Owner owner, Hook hook) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("zen", ZEN);
        payload.put("hook_id", hook.id());
        payload.put("hook", json(request, owner, hook));
        AccountRow actor = request.actor();
        if (actor != null) {
            payload.put("sender", actor.mention(request.links()));
        }
        session.hooks()
                .deliver(
                        hook.id(),
                        owner.sequenceKey(),
                        null,
                        new Message("ping", null, SNAKE.writeValueAsString(payload)));
    }

    /** As on GitHub: tells it of the newest push, if it is told of pushes. There are none here. */
    Answer test(Session session, Request request) {
        hook(session, request, owner(session, request));
        return Answer.noContent();
    }

    Answer deliveries(Session session, Request request) {
        Hook hook = hook(session, request, owner(session, request));
        int size = whole(request, "per_page", PAGE);
        String cursor = string(request.body(), "cursor");
        long before = cursor != null && cursor.matches("[0-9]{1,18}") ? Long.parseLong(cursor) : Long.MAX_VALUE;
        List<Delivery> found = session.hooks().deliveries(hook.id(), before, size + 1);
        List<DeliveryJson> shown = found.stream()
                .limit(size)
                .map(delivery -> json(hook, delivery, false))
                .toList();
        String next = found.size() > size
                ? "per_page=" + size + "&cursor=" + shown.getLast().id()
                : null;
        return page(request, shown, next);
    }

    Answer delivery(Session session, Request request) {
        Hook hook = hook(session, request, owner(session, request));
        return Answer.ok(json(hook, delivery(session, request, hook), true));
    }

    Answer redeliver(Session session, Request request) {
        Hook hook = hook(session, request, owner(session, request));
        requireRoom(session, hook);
        session.hooks().redeliver(delivery(session, request, hook));
        return Answer.accepted(Map.of());
    }

    private static void requireRoom(Session session, Hook hook) {
        if (session.hooks().isFull(hook.id())) {
            throw invalid("base", "Too many deliveries of this hook wait to be sent");
        }
    }

    private static Delivery delivery(Session session, Request request, Hook hook) {
        return session.hooks()
                .delivery(hook.id(), request.number("delivery_id"))
                .orElseThrow(Rejection::notFound);
    }

    /** Has it told once more of everything after a position of the log, in order; what comes meanwhile follows. */
    Answer replay(Session session, Request request) {
        Hook hook = hook(session, request, owner(session, request));
        Fields fields = request.fields(RESOURCE);
        Long after = fields.position("after");
        fields.check();
        if (after == null) {
            throw Rejection.invalid(RESOURCE, "after", Fault.MISSING_FIELD, null);
        }
        session.hooks().replay(hook.id(), after);
        return Answer.accepted(Map.of());
    }

    private static Answer page(Request request, Object body, @Nullable String next) {
        return new Answer(
                200,
                body,
                next == null
                        ? Map.of()
                        : Map.of(
                                "Link",
                                "<" + request.links().base() + request.path() + "?" + next + ">; rel=\"next\""));
    }

    private static int whole(Request request, String name, int otherwise) {
        String text = string(request.body(), name);
        return text == null || !text.matches("[0-9]{1,9}")
                ? otherwise
                : Math.clamp(Integer.parseInt(text), 1, LARGEST_PAGE);
    }

    private static HookJson json(Request request, Owner owner, Hook hook) {
        Hook.Outcome last = hook.last();
        return HookJson.of(
                request.links().base() + owner.path() + "/hooks/" + hook.id(),
                owner.repository() != null,
                hook.id(),
                hook.active(),
                hook.events(),
                config(hook),
                hook.createdAt(),
                hook.updatedAt(),
                last == null
                        ? new HookJson.HookResponse(null, "unused", null)
                        : new HookJson.HookResponse(last.code(), last.status(), last.status()));
    }

    private static HookJson.WebhookConfig config(Hook hook) {
        return HookJson.WebhookConfig.of(
                hook.config().url(), hook.config().contentType(), hook.config().secret() != null);
    }

    private static DeliveryJson json(Hook hook, Delivery d, boolean whole) {
        return new DeliveryJson(
                d.id(),
                d.guid().toString(),
                d.sentAt() == null ? d.createdAt() : d.sentAt(),
                d.redelivery(),
                d.duration() == null ? 0 : d.duration(),
                d.status() == null ? "pending" : d.status(),
                d.statusCode() == null ? 0 : d.statusCode(),
                d.event(),
                d.action(),
                null,
                hook.repositoryId() == null ? null : hook.repositoryId().value(),
                null,
                d.attempts(),
                whole ? hook.config().url() : null,
                whole ? new DeliveryJson.DeliveryRequest(tree(d.requestHeaders()), tree(d.payload())) : null,
                whole ? new DeliveryJson.DeliveryResponse(tree(d.responseHeaders()), d.responseBody()) : null);
    }

    private static @Nullable Map<String, Object> tree(@Nullable String json) {
        return json == null ? null : JSON.readValue(json, new TypeReference<Map<String, Object>>() {});
    }

    private static Hook.Config config(JsonNode given, Hook.@Nullable Config before) {
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

    private static List<String> events(JsonNode body, List<String> otherwise) {
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

    private static @Nullable String string(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() ? value.stringValue() : null;
    }

    private static boolean flag(JsonNode body, String field, boolean otherwise) {
        return body.path(field).isBoolean() ? body.path(field).booleanValue() : otherwise;
    }

    private static Rejection invalid(String field, String message) {
        return Rejection.invalid(RESOURCE, field, Fault.CUSTOM, message);
    }
}
