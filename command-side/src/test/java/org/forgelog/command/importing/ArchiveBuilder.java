package org.forgelog.command.importing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Makes archives of migrations, in the form that GitHub publishes. */
final class ArchiveBuilder {

    private final Map<String, List<String>> objects = new LinkedHashMap<>();

    /** Adds an object, as JSON. */
    ArchiveBuilder with(String type, String json) {
        objects.computeIfAbsent(type, t -> new ArrayList<>()).add(json);
        return this;
    }

    byte[] build() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            add(tar, "schema.json", "{\"version\":\"1.2.0\"}");
            add(tar, "repositories/octo/hello.git/HEAD", "ref: refs/heads/main");
            for (Map.Entry<String, List<String>> type : objects.entrySet()) {
                // Two files of each type, where there is more than one object.
                List<String> all = type.getValue();
                int half = (all.size() + 1) / 2;
                add(tar, type.getKey() + "_000001.json", "[" + String.join(",\n", all.subList(0, half)) + "]");
                if (half < all.size()) {
                    add(
                            tar,
                            type.getKey() + "_000002.json",
                            "[" + String.join(",\n", all.subList(half, all.size())) + "]");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void add(TarArchiveOutputStream tar, String name, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
