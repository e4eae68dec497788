package org.forgelog.command.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.forgelog.command.CommandNode;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountEvent;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.pullrequest.PullRequestEvent;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.eventlog.EventCodec;
import org.junit.jupiter.api.Test;

/** What a snapshot holds is what the aggregate was, whatever happened to it. */
class SnapshotFormatTest {

    private final Serializer serializer = CommandNode.shared().bean(Serializer.class);
    private final EventCodec codec = new EventCodec();

    @Test
    void accountsSurvive() {
        survives(
                AccountAggregate::new,
                AccountAggregate::on,
                AccountEvent.class,
                "2",
                """
                account-registered {"account_id":1,"login":"acme","kind":"ORGANIZATION","email":"a@example.org","suspended":false,"registered_at":"2026-01-02T03:04:05Z"}
                member-added {"account_id":1,"member_id":2,"role":"ADMIN","added_at":"2026-01-02T03:04:05Z"}
                membership-concealed {"account_id":1,"member_id":2,"concealed_at":"2026-01-02T03:04:05Z"}
                emails-added {"account_id":1,"emails":["b@example.org"],"added_at":"2026-01-02T03:04:05Z"}
                token-issued {"account_id":1,"token_id":7,"sha256":"ab","last_eight":"12345678","scopes":["repo"],"note":null,"issued_at":"2026-01-02T03:04:05Z"}
                """);
    }

    @Test
    void repositoriesSurvive() {
        survives(
                RepositoryAggregate::new,
                RepositoryAggregate::on,
                RepositoryEvent.class,
                "1",
                """
                repository-created {"repository_id":3,"owner_id":1,"owner_login":"acme","name":"r","settings":{"description":"d","default_branch":"main","is_private":true,"flags":{"HAS_WIKI":false},"options":{"MERGE_COMMIT_TITLE":"PR_TITLE"}},"fork":{"parent_id":4,"source_id":5},"created_by":1,"created_at":"2026-01-02T03:04:05Z"}
                collaborator-added {"repository_id":3,"account_id":2,"permission":"WRITE","added_by":1,"added_at":"2026-01-02T03:04:05Z"}
                topics-replaced {"repository_id":3,"topics":["a","b"],"replaced_by":1,"replaced_at":"2026-01-02T03:04:05Z"}
                """);
    }

    @Test
    void issuesSurvive() {
        survives(
                IssueAggregate::new,
                IssueAggregate::on,
                IssueEvent.class,
                "2",
                """
                issue-opened {"repository_id":3,"number":1,"issue_id":9,"author_id":2,"title":"t","body":"b","opened_at":"2026-01-02T03:04:05Z"}
                issue-labelled {"repository_id":3,"number":1,"label_ids":[5],"labelled_by":1,"labelled_at":"2026-01-02T03:04:05Z"}
                issue-closed {"repository_id":3,"number":1,"reason":"DUPLICATE","closed_by":1,"closed_at":"2026-01-02T03:04:05Z"}
                issue-milestoned {"repository_id":3,"number":1,"milestone":6,"open":false,"milestoned_by":1,"milestoned_at":"2026-01-02T03:04:05Z"}
                issue-locked {"repository_id":3,"number":1,"reason":"SPAM","locked_by":1,"locked_at":"2026-01-02T03:04:05Z"}
                """);
    }

    @Test
    void pullRequestsSurvive() {
        survives(
                PullRequestAggregate::new,
                PullRequestAggregate::on,
                PullRequestEvent.class,
                "2",
                """
                pull-request-opened {"repository_id":3,"number":1,"pull_request_id":9,"author_id":2,"title":"t","body":null,"head":{"owner_id":2,"repository_id":4,"ref":"fix","sha":"aa"},"base":{"owner_id":1,"repository_id":3,"ref":"main","sha":"bb"},"draft":true,"maintainer_can_modify":true,"opened_at":"2026-01-02T03:04:05Z"}
                pull-request-assigned {"repository_id":3,"number":1,"assignee_ids":[2],"assigned_by":1,"assigned_at":"2026-01-02T03:04:05Z"}
                """);
    }

    private <A extends StateCarrier<?>, E extends DomainEvent> void survives(
            Supplier<A> created, BiConsumer<A, E> on, Class<E> family, String revision, String events) {
        A aggregate = created.get();
        for (String line : events.lines().toList()) {
            List<String> event = List.of(line.split(" ", 2));
            on.accept(aggregate, family.cast(codec.decode(event.get(0), revision(event.get(0)), event.get(1))));
        }

        SerializedObject<String> stored = serializer.serialize(aggregate, String.class);

        assertThat(stored.getType().getRevision()).isEqualTo(revision);
        StateCarrier<?> read = serializer.deserialize(stored);
        assertThat(read.state()).isNotNull().isEqualTo(aggregate.state());
    }

    private static int revision(String type) {
        return List.of("repository-created", "issue-closed").contains(type) ? 2 : 1;
    }
}
