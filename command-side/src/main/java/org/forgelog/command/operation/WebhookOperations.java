package org.forgelog.command.operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The webhooks of repositories, or of organizations: for those who have admin rights there. */
final class WebhookOperations {

    /** For each repository or organization. */
    private static final int MOST = 20;

    private static final int PAGE = 30;
    private static final int LARGEST_PAGE = 100;
    private static final String ZEN = "Truth is an append-only log.";
    private static final JsonMapper SNAKE = ApiJson.mapper();

    /** Whose hooks they are; one of the two. */
    private record Owner(@Nullable RepositoryId repository, @Nullable AccountId organization, String path) {

        boolean has(Hook hook) {
            return repository != null
                    ? repository.equals(hook.repositoryId())
                    : organization != null && organization.equals(hook.organizationId());
        }

        List<Hook> hooks(Hooks all, int offset, int limit) {
            return repository != null
                    ? all.ofRepository(repository, offset, limit)
                    : all.ofOrganization(Objects.requireNonNull(organization), offset, limit);
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
        List<Hook> found = owner.hooks(session.hooks(), offset, size + 1);
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
        return Answer.ok(HookViews.config(hook(session, request, owner(session, request))));
    }

    Answer create(Session session, Request request) {
        session.refuseToBeRemembered();
        Owner owner = owner(session, request);
        String name = HookBody.string(request.body(), "name");
        if (name != null && !name.equals("web")) {
            throw HookBody.invalid("name", "name must be web");
        }
        Hook.Config config = HookBody.config(request.body().path("config"), null);
        List<String> events = HookBody.events(request.body(), List.of("push"));
        Hooks hooks = session.hooks();
        List<Hook> others = owner.hooks(hooks, 0, MOST);
        if (others.size() >= MOST) {
            throw HookBody.invalid("base", "The \"web\" event cannot have more than " + MOST + " hooks");
        }
        for (Hook other : others) {
            if (other.config().url().equals(config.url())
                    && Set.copyOf(other.events()).equals(Set.copyOf(events))) {
                throw HookBody.invalid("base", "Hook already exists on this " + other.targetType());
            }
        }
        Hook hook = new Hook(
                session.directory().nextPublicId(),
                owner.repository(),
                owner.organization(),
                config,
                events,
                HookBody.flag(request.body(), "active", true),
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
        JsonNode body = request.body();
        List<String> events = HookBody.changedEvents(body, hook.events());
        Hook.Config config =
                body.path("config").isObject() ? HookBody.config(body.path("config"), hook.config()) : hook.config();
        Hook changed = hook.with(config, events, HookBody.flag(body, "active", hook.active()), session.now());
        session.hooks().update(changed);
        return Answer.ok(json(request, owner, changed));
    }

    Answer updateConfig(Session session, Request request) {
        session.refuseToBeRemembered();
        Hook hook = hook(session, request, owner(session, request));
        Hook changed =
                hook.with(HookBody.config(request.body(), hook.config()), hook.events(), hook.active(), session.now());
        session.hooks().update(changed);
        return Answer.ok(HookViews.config(changed));
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
        String cursor = HookBody.string(request.body(), "cursor");
        long before = cursor != null && cursor.matches("[0-9]{1,18}") ? Long.parseLong(cursor) : Long.MAX_VALUE;
        List<Delivery> found = session.hooks().deliveries(hook.id(), before, size + 1);
        List<DeliveryJson> shown = found.stream()
                .limit(size)
                .map(delivery -> HookViews.delivery(hook, delivery, false))
                .toList();
        String next = found.size() > size
                ? "per_page=" + size + "&cursor=" + shown.getLast().id()
                : null;
        return page(request, shown, next);
    }

    Answer delivery(Session session, Request request) {
        Hook hook = hook(session, request, owner(session, request));
        return Answer.ok(HookViews.delivery(hook, delivery(session, request, hook), true));
    }

    Answer redeliver(Session session, Request request) {
        Hook hook = hook(session, request, owner(session, request));
        requireRoom(session, hook);
        session.hooks().redeliver(delivery(session, request, hook));
        return Answer.accepted(Map.of());
    }

    private static void requireRoom(Session session, Hook hook) {
        if (session.hooks().isFull(hook.id())) {
            throw HookBody.invalid("base", "Too many deliveries of this hook wait to be sent");
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
        Fields fields = request.fields(HookBody.RESOURCE);
        Long after = fields.position("after");
        fields.check();
        if (after == null) {
            throw Rejection.invalid(HookBody.RESOURCE, "after", Fault.MISSING_FIELD, null);
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
        String text = HookBody.string(request.body(), name);
        return text == null || !text.matches("[0-9]{1,9}")
                ? otherwise
                : Math.clamp(Integer.parseInt(text), 1, LARGEST_PAGE);
    }

    private static HookJson json(Request request, Owner owner, Hook hook) {
        return HookViews.hook(request.links().base() + owner.path() + "/hooks/" + hook.id(), hook);
    }
}
