package org.forgelog.command.importing;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.forgelog.command.CommandNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** Files that are damaged, or made to do damage: what is wrong is named, and the rest is taken or not, as asked. */
@ResourceLock(Importer.LOCK)
class BrokenFilesTest {

    private static final Importer IMPORTER = Importer.shared();
    private static final CommandNode NODE = IMPORTER.node();

    private String owner;

    @BeforeEach
    void anotherOwner() {
        owner = NODE.newLogin();
    }

    private String star(int number) {
        return """
                {"id":"%s-%d","type":"WatchEvent","actor":{"login":"%s-reader"},"repo":{"name":"%s/r%d"},"payload":{},\
                "created_at":"2024-01-01T00:00:00Z"}"""
                .formatted(owner, number, owner, owner, number);
    }

    private static byte[] lines(Object... lines) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Object line : lines) {
            all.writeBytes(
                    line instanceof byte[] bytes ? bytes : line.toString().getBytes(UTF_8));
            all.write('\n');
        }
        return all.toByteArray();
    }

    private List<String> repositories() {
        return NODE.sql()
                .sql(
                        "select r.name from repository r join account a on a.id = r.owner_id where a.login = ? order by r.id")
                .param(owner)
                .query(String.class)
                .list();
    }

    private static List<String> faults(JsonNode report) {
        return report.get("faults")
                .valueStream()
                .map(fault -> fault.get("where").stringValue() + ": "
                        + fault.get("why").stringValue())
                .toList();
    }

    @Test
    void givenALineThatIsTooLong_thenItIsNamed_andTheNextOneIsRead() {
        byte[] file = lines(star(1), "{\"id\":\"" + "x".repeat(ImportFile.LONGEST_ENTRY) + "\"}", star(3));

        assertThat(IMPORTER.failure(file)).startsWith("Stopped at line 2: it is longer than 4 MB");
        assertThat(repositories()).containsExactly("r1");
        assertThat(faults(IMPORTER.report(file))).containsExactly("line 2: it is longer than 4 MB");
        assertThat(repositories()).containsExactly("r1", "r3");
    }

    @Test
    void givenAnEntryOfAListThatIsTooLong_thenItIsNamed() {
        byte[] file = lines("[" + star(1), ",{\"id\":\"" + "x".repeat(ImportFile.LONGEST_ENTRY + 16_384) + "\"}]");

        JsonNode report = IMPORTER.report(file);

        assertThat(repositories()).containsExactly("r1");
        assertThat(faults(report)).singleElement().asString().endsWith("entry 2: it is longer than 4 MB");
    }

    @Test
    void givenNestingWithoutEnd_thenItIsNamed_andTheNextOneIsRead() {
        String nested = star(2).replace(
                        "\"payload\":{}", "\"payload\":{\"a\":" + "[".repeat(500_000) + "]".repeat(500_000) + "}");

        JsonNode report = IMPORTER.report(lines(star(1), nested, star(3)));

        assertThat(faults(report)).singleElement().asString().startsWith("line 2: ");
        assertThat(repositories()).containsExactly("r1", "r3");
    }

    @Test
    void givenALineThatIsNoUtf8_thenItIsNamed() {
        byte[] latin = star(2).replace("-reader", "-l\u00e9o").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

        JsonNode report = IMPORTER.report(lines(star(1), latin, star(3)));

        assertThat(faults(report))
                .singleElement()
                .asString()
                .startsWith("line 2: ")
                .contains("UTF-8");
        assertThat(repositories()).containsExactly("r1", "r3");
    }

    @Test
    void givenAByteOrderMark_thenItIsPassedBy_andUtf16IsRefused() {
        IMPORTER.report(("\uFEFF" + star(1)).getBytes(UTF_8));
        assertThat(repositories()).containsExactly("r1");
        assertThat(IMPORTER.failure(star(2).getBytes(UTF_16))).contains("UTF-16");
    }

    @Test
    void givenTheBeginningOfACompressedFile_thenThatIsSaid() throws IOException {
        byte[] whole = packed(out -> out.write(star(1).getBytes(UTF_8)));
        assertThat(IMPORTER.failure(Arrays.copyOf(whole, 12))).contains("ends too early");
    }

    @Test
    void givenWordsThatCannotBeStored_thenTheReportComesAllTheSame() {
        JsonNode report = IMPORTER.report(star(1).replace("WatchEvent", "Nothing\\u0000\\ud800"));
        assertThat(report.get("left_out").propertyNames()).containsExactly("Nothing\uFFFD\uFFFD");
    }

    @Test
    void givenMoreKindsThanAnybodyReads_thenTheyAreCountedTogether() {
        String[] lines = Stream.iterate(0, i -> i + 1)
                .limit(300)
                .map(i -> star(i).replace("WatchEvent", "Kind" + i))
                .toArray(String[]::new);
        JsonNode leftOut = IMPORTER.report(lines).get("left_out");
        assertThat(leftOut).hasSizeLessThanOrEqualTo(201);
        assertThat(leftOut.get("others").get("count").intValue()).isEqualTo(100);
    }

    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    private static byte[] packed(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            content.write(gzip);
        }
        return bytes.toByteArray();
    }

    private static void blanks(OutputStream out, int megabytes) throws IOException {
        byte[] blanks = new byte[1 << 20];
        Arrays.fill(blanks, (byte) ' ');
        for (int i = 0; i < megabytes; i++) {
            out.write(blanks);
        }
    }

    @Test
    void givenAFileThatUnpacksWithoutEnd_thenItIsReadNoFurther() throws IOException {
        byte[] bomb = packed(out -> {
            out.write((star(1) + "\n").getBytes(UTF_8));
            blanks(out, 80);
            out.write(("\n" + star(2)).getBytes(UTF_8));
        });

        assertThat(faults(IMPORTER.report(bomb)))
                .singleElement()
                .asString()
                .startsWith("line 2: ")
                .contains("250 times");
        assertThat(repositories()).containsExactly("r1");
    }

    @Test
    void givenAnArchiveWithAFileThatUnpacksWithoutEnd_thenItIsReadNoFurther() throws IOException {
        byte[] bomb = archive(tar -> {
            add(tar, "repositories_000001.json", "[" + repository("r1") + "]");
            TarArchiveEntry blank = new TarArchiveEntry("issues_000001.json");
            blank.setSize(80L << 20);
            tar.putArchiveEntry(blank);
            blanks(tar, 80);
            tar.closeArchiveEntry();
        });

        assertThat(faults(IMPORTER.report(bomb))).singleElement().asString().startsWith("the archive: ");
        assertThat(repositories()).containsExactly("r1");
    }

    private interface Entries {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    private static byte[] archive(Entries entries) throws IOException {
        return packed(out -> {
            TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
            entries.write(tar);
            tar.finish();
        });
    }

    private static void add(TarArchiveOutputStream tar, String name, String text) throws IOException {
        byte[] content = text.getBytes(UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private String repository(String name) {
        return "{\"url\":\"https://github.com/" + owner + "/" + name + "\",\"created_at\":\"2020-01-01T00:00:00Z\"}";
    }

    @Test
    void givenNamesThatLeadElsewhere_thenNothingIsWrittenThere_andLinksAreNotFollowed() throws IOException {
        Path outside = Files.createTempFile("outside", ".json");
        String escape = "../".repeat(20);
        byte[] file = archive(tar -> {
            add(tar, escape + outside.toString().substring(1), "overwritten");
            add(tar, outside.toString(), "overwritten");
            TarArchiveEntry link = new TarArchiveEntry("users_000001.json", TarConstants.LF_SYMLINK);
            link.setLinkName(outside.toString());
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
            add(tar, "users_000001.json", "[]");
            add(tar, escape + "repositories_000001.json", "[" + repository("r1") + "]");
        });

        assertThat(IMPORTER.report(file).get("broken").intValue()).isZero();
        assertThat(repositories()).containsExactly("r1");
        assertThat(outside).isEmptyFile();
        Files.delete(outside);
    }

    @Test
    void givenABrokenFileInAnArchive_thenItIsNamed_andTheOtherFilesAreRead() throws IOException {
        byte[] file = archive(tar -> {
            add(tar, "repositories_000001.json", "[" + repository("r1") + ",\n{\"url\":\"https://github.com/}");
            add(tar, "repositories_000002.json", "[" + repository("r2") + ",\n{\"url\":\"nowhere\"}]");
        });

        assertThat(IMPORTER.failure(file)).startsWith("Stopped at repositories_000001.json, line 2, entry 2: ");
        List<String> faults = faults(IMPORTER.report(file));
        assertThat(faults).hasSize(2);
        assertThat(faults.getLast()).startsWith("repositories_000002.json, line 2, entry 2: no address of a page");
        assertThat(repositories()).containsExactly("r1", "r2");
    }
}
