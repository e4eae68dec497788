package org.forgelog.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.forgelog.domain.account.AccountCommand;
import org.forgelog.domain.comment.CommentCommand;
import org.forgelog.domain.issue.IssueCommand;
import org.forgelog.domain.label.LabelCommand;
import org.forgelog.domain.pullrequest.PullRequestCommand;
import org.forgelog.domain.reaction.ReactionCommand;
import org.forgelog.domain.repository.RepositoryCommand;
import org.forgelog.domain.star.StarCommand;
import org.junit.jupiter.api.Test;

class DomainAggregatesTest {

    private static final List<Class<?>> FAMILIES = List.of(
            AccountCommand.class,
            RepositoryCommand.class,
            IssueCommand.class,
            PullRequestCommand.class,
            StarCommand.class,
            LabelCommand.class,
            CommentCommand.class,
            ReactionCommand.class);

    @Test
    void everyCommandIsHandledByExactlyOneAggregate() {
        List<Class<?>> handled = DomainAggregates.TYPES.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(CommandHandler.class))
                .<Class<?>>map(method -> method.getParameterTypes()[0])
                .toList();
        Set<Class<?>> commands =
                FAMILIES.stream().flatMap(DomainAggregatesTest::members).collect(Collectors.toSet());
        assertThat(handled).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(commands);
    }

    @Test
    void axonCarriesEveryAggregateUnderItsStoredName() {
        assertThat(DomainAggregates.TYPES.stream().map(type -> AnnotatedAggregateMetaModelFactory.inspectAggregate(type)
                        .type()))
                .containsExactly("account", "repository", "issue", "pull", "star", "label", "comment", "reaction");
    }

    private static Stream<Class<?>> members(Class<?> family) {
        return family.isSealed()
                ? Arrays.stream(family.getPermittedSubclasses()).flatMap(DomainAggregatesTest::members)
                : Stream.of(family);
    }
}
