package org.forgelog.standalone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which module may know which, over all of them. */
class LayoutTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.forgelog");

    /** Each module's package, and the others' packages that it may use. */
    private static final Map<String, List<String>> ALLOWED = Map.of(
            "domain", List.of(),
            "eventlog", List.of("domain"),
            "api", List.of("domain", "eventlog"),
            "engines", List.of(),
            "dynamodb", List.of(),
            "command", List.of("domain", "eventlog", "api"),
            "query", List.of("domain", "eventlog", "api"),
            "cli", List.of(),
            "standalone", List.of("command", "query", "engines", "dynamodb"));

    @Test
    void aModuleKnowsOnlyWhatItMay() {
        ALLOWED.forEach((module, others) -> {
            DescribedPredicate<JavaClass> allowed =
                    resideOutsideOfPackage("org.forgelog..").or(resideInAPackage("org.forgelog." + module + ".."));
            for (String other : others) {
                allowed = allowed.or(resideInAPackage("org.forgelog." + other + ".."));
            }
            classes()
                    .that()
                    .resideInAPackage("org.forgelog." + module + "..")
                    .should()
                    .onlyDependOnClassesThat(allowed)
                    .check(OURS);
        });
    }

    @Test
    void everyClassBelongsToAModule() {
        List<String> packages =
                ALLOWED.keySet().stream().map(m -> "org.forgelog." + m + "..").toList();
        classes().should().resideInAnyPackage(packages.toArray(String[]::new)).check(OURS);
        ALLOWED.keySet().forEach(module -> assertThat(
                        OURS.stream().filter(c -> c.getPackageName().startsWith("org.forgelog." + module)))
                .as(module)
                .isNotEmpty());
    }

    @Test
    void onlyTheQuerySideAndTheEngineKnowDynamoDb() {
        classes()
                .that()
                .resideOutsideOfPackages("org.forgelog.query..", "org.forgelog.dynamodb..", "org.forgelog.standalone..")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("software.amazon.."))
                .check(OURS);
    }

    @Test
    void everyModuleHasItsLicenceWithIt() {
        Set<String> modules = OURS.stream()
                .flatMap(c -> c.getSource().stream())
                .map(source -> source.getUri().toString().replaceFirst("org/forgelog/.*", ""))
                .collect(Collectors.toSet());
        assertThat(modules).hasSize(ALLOWED.size()).allSatisfy(module -> {
            for (String file : List.of("LICENSE", "NOTICE")) {
                assertThat(URI.create(module + "META-INF/" + file).toURL()).satisfies(url -> {
                    try (InputStream in = url.openStream()) {
                        assertThat(in.readAllBytes()).isNotEmpty();
                    }
                });
            }
        });
    }
}
