package org.forgelog.command.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.axonframework.spring.stereotype.Aggregate;
import org.forgelog.domain.DomainCommand;
import org.junit.jupiter.api.Test;

class AggregatesTest {

    private final List<Class<?>> aggregates = imported("org.forgelog.command.aggregate")
            .filter(type -> type.isAnnotationPresent(Aggregate.class))
            .toList();

    @Test
    void everyCommandIsHandledByExactlyOneAggregate() {
        List<Class<?>> handled = aggregates.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(CommandHandler.class))
                .<Class<?>>map(method -> method.getParameterTypes()[0])
                .toList();
        Set<Class<?>> commands = imported("org.forgelog.domain")
                .filter(type -> type.isRecord() && DomainCommand.class.isAssignableFrom(type))
                .collect(Collectors.toSet());
        assertThat(commands).isNotEmpty();
        assertThat(handled).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(commands);
    }

    @Test
    void axonCarriesEveryAggregateUnderItsStoredName() {
        assertThat(aggregates.stream().map(type -> AnnotatedAggregateMetaModelFactory.inspectAggregate(type)
                        .type()))
                .containsExactlyInAnyOrder(
                        "account",
                        "repository",
                        "issue",
                        "pull",
                        "star",
                        "subscription",
                        "label",
                        "milestone",
                        "comment",
                        "reaction",
                        "invitation");
    }

    private static Stream<Class<?>> imported(String packages) {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(packages).stream()
                        .map(JavaClass::reflect);
    }
}
