package org.forgelog.query;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.forgelog.query.table.IndexKey;
import org.forgelog.query.table.IndexKeys;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the query side may know, and what it never does. */
class ArchitectureTest {

    private static final String PROJECTION = "org.forgelog.query.projection.";
    private static final String VERIFY = "org.forgelog.query.verify";

    private static final int MOST_LINES = 300;
    /** Nothing but one constant after the other. */
    private static final List<String> LONG_CATALOGUES = List.of("AccessPattern.java");

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.forgelog.query");

    @Test
    void thereIsSomethingToCheck() {
        assertThat(OURS.size()).isGreaterThan(50);
        assertThat(OURS.contain(Keys.class)).isTrue();
    }

    @Test
    void theQuerySideKnowsEventsAndValuesButNoAggregateAndNoCommandSide() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "org.forgelog.query..",
                        "org.forgelog.domain..",
                        "org.forgelog.eventlog..",
                        "org.forgelog.api..",
                        "software.amazon.awssdk..",
                        "org.springframework..",
                        "tools.jackson..",
                        // Its annotations alone still bear the old name.
                        "com.fasterxml.jackson.annotation..",
                        "com.github.benmanes.caffeine..",
                        "gg.jte..",
                        "io.github.resilience4j..",
                        "io.micrometer..",
                        "jakarta.servlet..",
                        "javax.sql..",
                        "javax.crypto..",
                        "org.slf4j..",
                        "org.jspecify..",
                        "java.."))
                .check(OURS);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveSimpleNameEndingWith("Aggregate")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleNameEndingWith("Command")
                .check(OURS);
    }

    @Test
    void theTableKnowsNothingOfHttpAndTheProjectionNothingOfReads() {
        noClasses()
                .that()
                .resideInAPackage("org.forgelog.query.table")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.forgelog.query.projection..",
                        "org.forgelog.query.read",
                        "org.forgelog.query.http",
                        "org.springframework..")
                .check(OURS);
        noClasses()
                .that()
                .resideInAPackage("org.forgelog.query.projection..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.forgelog.query.read", "org.forgelog.query.http", "org.springframework..")
                .check(OURS);
    }

    /** From what is done to one item to what becomes of whole tables; nothing looks the other way. */
    @Test
    void thePackagesOfTheProjectionDependInOneDirection() {
        Map<String, List<String>> allowed = Map.of(
                "projector", List.of(),
                "control", List.of(),
                "batch", List.of("projector"),
                "segment", List.of("control"),
                "repair", List.of("projector", "batch", "control"),
                "engine", List.of("projector", "batch", "segment", "repair", "control"),
                "deployment", List.of("projector", "batch", "segment", "repair", "engine", "control"));
        allowed.forEach((name, others) -> {
            String[] mayKnow = Stream.concat(
                            others.stream().map(other -> PROJECTION + other),
                            Stream.of(
                                    PROJECTION + name,
                                    "org.forgelog.query.table",
                                    "org.forgelog.domain..",
                                    "org.forgelog.eventlog",
                                    "org.forgelog.api..",
                                    "software.amazon.awssdk..",
                                    "tools.jackson..",
                                    "io.micrometer..",
                                    "javax.sql",
                                    "org.slf4j",
                                    "org.jspecify..",
                                    "java.."))
                    .toArray(String[]::new);
            classes()
                    .that()
                    .resideInAPackage(PROJECTION + name)
                    .should()
                    .onlyDependOnClassesThat(resideInAnyPackage(mayKnow))
                    .check(OURS);
        });
        assertThat(OURS.stream()
                        .map(c -> c.getPackageName())
                        .filter(name -> name.startsWith(PROJECTION))
                        .map(name -> name.substring(PROJECTION.length())))
                .containsOnlyElementsOf(allowed.keySet())
                .hasSizeGreaterThan(50);
    }

    @Test
    void keysAreBuiltInOnePlace() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Keys.class, IndexKeys.class, Item.class)
                .should()
                .callConstructorWhere(new DescribedPredicate<JavaConstructorCall>("makes a key") {
                    @Override
                    public boolean test(JavaConstructorCall call) {
                        return call.getTargetOwner().isEquivalentTo(ItemKey.class)
                                || call.getTargetOwner().isEquivalentTo(IndexKey.class);
                    }
                })
                .check(OURS);
    }

    @Test
    void theFoldThatProjectorsAreTestedWithSharesNothingWithThem() {
        JavaClasses oracle = new ClassFileImporter()
                .withImportOption(new ImportOption.OnlyIncludeTests())
                .importPackages(VERIFY)
                .that(new DescribedPredicate<>("fold independently") {
                    @Override
                    public boolean test(JavaClass of) {
                        String name = of.getName().substring(VERIFY.length() + 1);
                        return name.matches("(Independent|KeyFormat|[A-Za-z]+Fold\\b).*");
                    }
                });
        assertThat(oracle.size()).isGreaterThan(8);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        PROJECTION + "projector",
                        PROJECTION + "batch",
                        "org.forgelog.query.table",
                        "org.forgelog.api..")
                .check(oracle);
    }

    @Test
    void whatComparesATableIsKnownToNobodyButTheConfiguration() {
        noClasses()
                .that()
                .resideOutsideOfPackage(VERIFY)
                .and()
                .doNotBelongToAnyOf(QuerySideConfiguration.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(VERIFY)
                .check(OURS);
        assertThat(OURS.stream().filter(c -> c.getPackageName().equals(VERIFY)).count())
                .isGreaterThan(15);
    }

    @Test
    void noClassIsTooLongToBeReadAtOnce() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java") && lines(file) > MOST_LINES))
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrderElementsOf(LONG_CATALOGUES);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Clocks of nodes differ; what nodes must agree on is dated by the log's. */
    @Test
    void noNodeAsksAClockThatItWasNotGiven() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .check(OURS);
    }

    @Test
    void nothingIsEverScannedButToCompareIt() {
        DescribedPredicate<JavaCall<?>> scans = new DescribedPredicate<>("scan") {
            @Override
            public boolean test(JavaCall<?> call) {
                return call.getTargetOwner().isAssignableTo(DynamoDbClient.class)
                        && call.getName().startsWith("scan");
            }
        };
        noClasses()
                .that()
                .resideOutsideOfPackage(VERIFY)
                .should()
                .callMethodWhere(asMethodCalls(scans))
                .check(OURS);
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> asMethodCalls(
            DescribedPredicate<JavaCall<?>> predicate) {
        return new DescribedPredicate<>(predicate.getDescription()) {
            @Override
            public boolean test(com.tngtech.archunit.core.domain.JavaMethodCall call) {
                return predicate.test(call);
            }
        };
    }
}
