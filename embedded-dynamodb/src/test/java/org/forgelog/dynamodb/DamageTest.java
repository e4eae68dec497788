package org.forgelog.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.forgelog.dynamodb.Clients.item;
import static org.forgelog.dynamodb.Clients.n;
import static org.forgelog.dynamodb.Clients.s;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.forgelog.dynamodb.store.StoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Stores that something happened to while nobody had them open. */
class DamageTest {

    private static final int ITEMS = 2_000;

    @TempDir
    private Path folder;

    private Path store;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void fill() {
        store = folder.resolve("store");
        try (DynamoDbEngine engine = DynamoDbEngine.at(store).open()) {
            DynamoDbClient client = Clients.of(engine);
            Clients.createTable(client);
            for (int i = 0; i < ITEMS; i++) {
                Clients.put(
                        client, item("a", "s" + (10_000 + i), "owner", s("me"), "rank", n(i), "t", s("x".repeat(500))));
            }
        }
        // What was in the log is in a file now.
        try (DynamoDbEngine engine = open()) {
            assertThat(count(engine)).isEqualTo(ITEMS);
        }
        told.clear();
    }

    private DynamoDbEngine open() {
        return DynamoDbEngine.at(store).onDamage(told::add).open();
    }

    private static int count(DynamoDbEngine engine) {
        return (int) Clients.of(engine)
                .queryPaginator(b -> b.tableName(Clients.TABLE)
                        .keyConditionExpression("pk = :p")
                        .expressionAttributeValues(Map.of(":p", s("a"))))
                .items()
                .stream()
                .count();
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(store)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending)
                            || file.getFileName().toString().startsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private void assertSetAside() throws IOException {
        try (DynamoDbEngine engine = open()) {
            assertThat(Clients.of(engine).listTables().tableNames()).isEmpty();
        }
        assertThat(told)
                .singleElement()
                .asString()
                .contains("is damaged", "was moved to", "an empty one takes its place");
        try (Stream<Path> beside = Files.list(folder)) {
            Path aside = beside.filter(f -> f.getFileName().toString().startsWith("store.damaged-"))
                    .findFirst()
                    .orElseThrow();
            assertThat(aside).isNotEmptyDirectory();
        }
    }

    @Test
    void aByteThatChangedInAFileIsNoticed() throws IOException {
        Path file = files(".sst").getFirst();
        byte[] content = Files.readAllBytes(file);
        content[content.length / 3] ^= 0x40;
        Files.write(file, content);
        assertSetAside();
    }

    @Test
    void aMissingFileIsNoticed() throws IOException {
        Files.delete(files(".sst").getFirst());
        assertSetAside();
    }

    @Test
    void aFileThatIsCutShortIsNoticed() throws IOException {
        Path file = files(".sst").getFirst();
        byte[] content = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(content, content.length - 100));
        assertSetAside();
    }

    @Test
    void aStoreThatWasFoundDamagedInUseIsSetAsideAtTheNextStart() throws IOException {
        Files.writeString(store.resolve("DAMAGED"), "by a test");
        assertSetAside();
    }

    @Test
    void aStoreThatAnotherEngineHasIsLeftAlone() {
        try (DynamoDbEngine engine = open()) {
            assertThatThrownBy(this::open).isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isDamaged())
                    .isFalse());
            assertThat(count(engine)).isEqualTo(ITEMS);
        }
    }

    /** What a power cut leaves: the log of the store up to any byte. The writes that are there are the first ones. */
    @Test
    void whatALogThatIsCutShortHasIsTheBeginning() throws IOException {
        Random random = new Random(7);
        Path copy = folder.resolve("copy");
        try (DynamoDbEngine engine = open()) {
            DynamoDbClient client = Clients.of(engine);
            for (int i = 0; i < 300; i++) {
                Clients.put(client, item("b", "s" + (10_000 + i), "owner", s("you"), "rank", n(i)));
            }
            // Copied while it is open: as after a crash.
            copy(store, copy);
        }
        List<Integer> seen = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            Path cut = folder.resolve("cut-" + round);
            copy(copy, cut);
            try (Stream<Path> logs = Files.list(cut)) {
                Path log = logs.filter(f -> f.toString().endsWith(".log"))
                        .max(java.util.Comparator.comparingLong(f -> f.toFile().length()))
                        .orElseThrow();
                byte[] content = Files.readAllBytes(log);
                Files.write(log, java.util.Arrays.copyOf(content, random.nextInt(content.length)));
            }
            try (DynamoDbEngine engine =
                    DynamoDbEngine.at(cut).onDamage(told::add).open()) {
                DynamoDbClient client = Clients.of(engine);
                List<String> there = client
                        .queryPaginator(b -> b.tableName(Clients.TABLE)
                                .keyConditionExpression("pk = :p")
                                .expressionAttributeValues(Map.of(":p", s("b"))))
                        .items()
                        .stream()
                        .map(item -> item.get("sk").s())
                        .toList();
                for (int i = 0; i < there.size(); i++) {
                    assertThat(there.get(i)).as("no hole").isEqualTo("s" + (10_000 + i));
                }
                assertThat(Clients.ofOwner(client, "you")).isEqualTo(there);
                assertThat(count(engine)).isEqualTo(ITEMS);
                seen.add(there.size());
            }
        }
        assertThat(told).isEmpty();
        assertThat(seen).as("some writes are lost").anyMatch(size -> size < 300);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
