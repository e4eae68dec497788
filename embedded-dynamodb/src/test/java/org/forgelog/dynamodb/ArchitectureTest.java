package org.forgelog.dynamodb;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The layers of the engine, and that it knows nothing of the rest of the project. */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.forgelog");

    @Test
    void theEngineStandsByItself() {
        classes().should().resideInAPackage("org.forgelog.dynamodb..").check(OURS);
    }

    @Test
    void layersKnowThoseBelowAlone() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("item")
                .definedBy("..dynamodb.item..")
                .layer("store")
                .definedBy("..dynamodb.store..")
                .layer("protocol")
                .definedBy("..dynamodb.protocol..")
                .layer("expression")
                .definedBy("..dynamodb.expression..")
                .layer("table")
                .definedBy("..dynamodb.table..")
                .layer("operation")
                .definedBy("..dynamodb.operation..")
                .layer("client")
                .definedBy("..dynamodb.client..")
                .layer("server")
                .definedBy("..dynamodb.server..")
                .whereLayer("item")
                .mayNotAccessAnyLayer()
                .whereLayer("store")
                .mayNotAccessAnyLayer()
                .whereLayer("protocol")
                .mayOnlyAccessLayers("item")
                .whereLayer("expression")
                .mayOnlyAccessLayers("item", "protocol")
                .whereLayer("table")
                .mayOnlyAccessLayers("item", "protocol", "store")
                .whereLayer("operation")
                .mayOnlyAccessLayers("item", "protocol", "store", "expression", "table")
                .whereLayer("client")
                .mayOnlyAccessLayers("operation", "protocol")
                .whereLayer("server")
                .mayOnlyAccessLayers("client", "operation", "protocol")
                .check(OURS);
    }

    @Test
    void onlyTheStoreKnowsRocksDb() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..dynamodb.store..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.rocksdb..")
                .check(OURS);
    }
}
