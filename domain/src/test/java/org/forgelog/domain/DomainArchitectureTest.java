package org.forgelog.domain;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** The model knows the JDK and Axon's annotations; only the aggregates' shells know more of Axon. */
@AnalyzeClasses(packages = "org.forgelog.domain", importOptions = ImportOption.DoNotIncludeTests.class)
class DomainArchitectureTest {

    @ArchTest
    static final ArchRule THE_MODEL_STANDS_ALONE = classes()
            .that()
            .areNotAnnotatedWith(AggregateRoot.class)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "org.forgelog.domain..")
                    .or(type(TargetAggregateIdentifier.class)));

    @ArchTest
    static final ArchRule SHELLS_KNOW_AXON_AND_THE_MODEL = classes()
            .that()
            .areAnnotatedWith(AggregateRoot.class)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "org.forgelog.domain..", "org.axonframework..");
}
