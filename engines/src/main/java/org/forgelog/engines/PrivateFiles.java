package org.forgelog.engines;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** Files and folders that only the user who runs the process can open. */
final class PrivateFiles {
    private static final FileAttribute<Set<PosixFilePermission>> FILE = permissions("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER = permissions("rwx------");
    private static final int SECRET_BYTES = 30;

    private PrivateFiles() {}

    private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    /** The random secret in the file, which is made at the first call. */
    static String secret(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (!Files.exists(file)) {
                // It is there with its content, or not at all, also for another start at the same time.
                Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "secret", ".new", FILE);
                Files.writeString(draft, randomSecret() + "\n");
                try {
                    Files.createLink(file, draft);
                } catch (FileAlreadyExistsException e) {
                    // The other start was first.
                } finally {
                    Files.delete(draft);
                }
            }
        } catch (IOException e) {
            throw new EngineException("cannot write the password file " + file + ": " + e, e);
        }
        try {
            Files.setPosixFilePermissions(file, FILE.value());
            String kept = Files.readString(file).strip();
            if (kept.isEmpty()) {
                throw new EngineException("the password file " + file + " is empty; delete it, a new one is made");
            }
            return kept;
        } catch (IOException e) {
            throw new EngineException("cannot read the password file " + file + ": " + e, e);
        }
    }

    private static Path create(Path file) throws IOException {
        return Files.createFile(file, FILE);
    }

    private static String randomSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Makes the file where it is missing, and takes it away from all other users where it is there. */
    static Path file(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            try {
                return create(file);
            } catch (FileAlreadyExistsException e) {
                // Somebody was quicker.
            }
        }
        Files.setPosixFilePermissions(file, FILE.value());
        return file;
    }

    /** This user's folder for what can be made again, in which nobody else can put anything. */
    static Path cache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path caches = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        Path folder = caches.resolve("forgelog").toAbsolutePath();
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, FOLDER);
            }
            // Fails where the folder belongs to somebody else.
            Files.setPosixFilePermissions(folder, FOLDER.value());
            return folder;
        } catch (IOException e) {
            throw new EngineException(
                    "cannot use " + folder + " for PostgreSQL's programs: " + e
                            + ". Name a folder of your own in XDG_CACHE_HOME",
                    e);
        }
    }
}
