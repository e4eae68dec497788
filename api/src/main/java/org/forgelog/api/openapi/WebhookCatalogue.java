package org.forgelog.api.openapi;

import static org.forgelog.api.openapi.Operation.delete;
import static org.forgelog.api.openapi.Operation.get;
import static org.forgelog.api.openapi.Operation.patch;
import static org.forgelog.api.openapi.Operation.post;
import static org.forgelog.api.openapi.Schema.anyObject;
import static org.forgelog.api.openapi.Schema.flag;
import static org.forgelog.api.openapi.Schema.listOf;
import static org.forgelog.api.openapi.Schema.text;

import java.util.ArrayList;
import java.util.List;
import org.forgelog.api.Scope;
import org.forgelog.api.openapi.Operation.Audience;
import org.forgelog.api.representation.DeliveryJson;
import org.forgelog.api.representation.HookJson;

/** Webhooks of repositories and of organizations, and the live feed. */
final class WebhookCatalogue {

    private WebhookCatalogue() {}

    static List<Operation> all() {
        List<Operation> all = new ArrayList<>(hooks("repos", "repo", RepositoryCatalogue.REPOSITORY));
        all.add(post(
                        RepositoryCatalogue.REPOSITORY + "/hooks/{hook_id}/tests",
                        "repos/test-push-webhook",
                        "As on GitHub: tell a webhook of the newest push; there are none")
                .done());
        all.addAll(hooks("orgs", "org", "/orgs/{org}"));
        all.stream().filter(Operation::isRead).forEach(Operation::ofCommandSide);
        for (Operation operation : all) {
            if (operation.path().startsWith("/orgs")) {
                operation.accepts(Scope.ADMIN_ORG);
            } else {
                operation.accepts(Scope.PUBLIC_REPO, Scope.REPO);
            }
        }
        all.forEach(operation -> operation.by(Audience.USER));
        all.add(get(
                        RepositoryCatalogue.REPOSITORY + "/events/stream",
                        "activity/stream-repo-events",
                        "What happens in a repository, while it happens")
                .about(
                        """
                        Server-sent events with the names and payloads of webhooks, and positions of the log as ids: with
                        `Last-Event-ID` a client goes on after the last one that it saw.""")
                .query(
                        "Event",
                        ParameterTypes.query("wait", Schema.count())
                                .described("How many seconds it goes on at most. Default: 3600."))
                .own()
                .ofStream()
                .answersText("text/event-stream"));
        return all;
    }

    private static List<Operation> hooks(String group, String configOf, String owner) {
        String hooks = owner + "/hooks";
        String hook = hooks + "/{hook_id}";
        return List.of(
                get(hooks, group + "/list-webhooks", "Webhooks, oldest first")
                        .query("Hook", Parameters.PER_PAGE, Parameters.PAGE)
                        .ok(listOf(Schema.of(HookJson.class))),
                post(hooks, group + "/create-webhook", "Have something told of what happens")
                        .about(
                                """
                                It is told of everything after its creation, at least once and in order for each repository;
                                what fails is tried again, and what comes after it waits. Addresses of private networks are
                                refused when they are connected to. Payloads are GitHub's.""")
                        .body(new Body()
                                .may("name", text())
                                .may("config", config())
                                .may("events", listOf(text()))
                                .may("active", flag()))
                        .created(HookJson.class),
                get(hook, group + "/get-webhook", "A webhook").ok(HookJson.class),
                patch(hook, group + "/update-webhook", "Change a webhook")
                        .body(new Body()
                                .may("config", config())
                                .may("events", listOf(text()))
                                .may("add_events", listOf(text()))
                                .may("remove_events", listOf(text()))
                                .may("active", flag()))
                        .ok(HookJson.class),
                delete(hook, group + "/delete-webhook", "Delete a webhook, and what it was to be told")
                        .done(),
                get(hook + "/config", group + "/get-webhook-config-for-" + configOf, "How a webhook is told")
                        .ok(HookJson.WebhookConfig.class),
                patch(
                                hook + "/config",
                                group + "/update-webhook-config-for-" + configOf,
                                "Change how a webhook is told")
                        .body(configFields())
                        .ok(HookJson.WebhookConfig.class),
                get(
                                hook + "/deliveries",
                                group + "/list-webhook-deliveries",
                                "What a webhook was told, or is to be told, newest first; for three days")
                        .query("Hook", Parameters.PER_PAGE, Parameters.CURSOR)
                        .ok(listOf(Schema.of(DeliveryJson.class))),
                get(
                                hook + "/deliveries/{delivery_id}",
                                group + "/get-webhook-delivery",
                                "What a webhook was told, with what it answered")
                        .ok(DeliveryJson.class),
                post(
                                hook + "/deliveries/{delivery_id}/attempts",
                                group + "/redeliver-webhook-delivery",
                                "Tell a webhook the same once more")
                        .answers(202, "It will be told.", anyObject()),
                post(hook + "/pings", group + "/ping-webhook", "Send a webhook a ping")
                        .done(),
                post(
                                hook + "/replays",
                                group + "/replay-webhook",
                                "Tell a webhook once more of everything after a position")
                        .about("Imported events are told, too. What happens meanwhile follows in order.")
                        .own()
                        .body(new Body().must("after", Schema.count()))
                        .answers(202, "It will be told.", anyObject()));
    }

    private static Body configFields() {
        return new Body()
                .may("url", text())
                .may("content_type", Schema.words("json", "form"))
                .may("secret", text())
                .may("insecure_ssl", Schema.anyOf(text(), Schema.count()));
    }

    private static Schema config() {
        return configFields().schema();
    }
}
