package org.forgelog.command;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Allow-lists: what is not named may not be used. */
@AnalyzeClasses(packages = "org.forgelog.command", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule theCommandSideKnowsDomainEventLogAndApiOnly = classes()
            .that(resideInAPackage("org.forgelog.command.."))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "org.forgelog.command..",
                    "org.forgelog.domain..",
                    "org.forgelog.eventlog..",
                    "org.forgelog.api..",
                    "java..",
                    "javax.sql..",
                    "jakarta.servlet..",
                    "org.axonframework..",
                    "org.springframework..",
                    "io.micrometer..",
                    "org.postgresql..",
                    "org.apache.commons.compress.archivers..",
                    "org.apache.hc..",
                    "javax.crypto..",
                    "org.slf4j..",
                    "org.jspecify..",
                    "tools.jackson..",
                    "com.fasterxml.jackson.annotation.."));

    @ArchTest
    static final ArchRule operationsKnowNeitherAxonNorHttpServers = classes()
            .that(resideInAPackage("org.forgelog.command.operation.."))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "org.forgelog.command.operation..",
                    "org.forgelog.command.execution..",
                    "org.forgelog.command.directory..",
                    "org.forgelog.command.subscription..",
                    "org.forgelog.domain..",
                    "org.forgelog.api..",
                    "java..",
                    "org.jspecify..",
                    "tools.jackson.."));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.forgelog.command.(*)..").should().beFreeOfCycles();

    @ArchTest
    static void theRulesHaveSomethingToGuard(JavaClasses classes) {
        for (String part :
                new String[] {"aggregate", "operation", "execution", "directory", "log", "http", "postgres"}) {
            assertThat(classes.stream().filter(c -> c.getPackageName().equals("org.forgelog.command." + part)))
                    .as(part)
                    .isNotEmpty();
        }
    }
}
