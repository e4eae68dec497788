package org.forgelog.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The checksum of an exported log: of all its lines but the last, which has it. */
final class Checksum {

    private Checksum() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String text(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Whether a file is a whole export. */
    static boolean fits(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String last = null;
            for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (last != null) {
                    digest.update((last + "\n").getBytes(StandardCharsets.UTF_8));
                }
                last = line;
            }
            return last != null && last.contains("\"sha256\":\"" + text(digest) + "\"");
        }
    }
}
