package org.forgelog.standalone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The folder with everything that outlives the process. At most one living process holds it: the operating system lets
 * go of the lock when that process ends, however it ends.
 */
final class DataFolder implements AutoCloseable {

    private static final String OWNER_ONLY = "rw-------";
    private static final String FOLDER_OF_OWNER = "rwx------";
    private static final int TOKEN_BYTES = 30;
    private static final int KEY_BYTES = 32;

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the folder where it is missing, and takes it.
     *
     * @throws StartFailure when another process has it
     */
    static DataFolder claim(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path, ownerOnly(FOLDER_OF_OWNER));
            }
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(FOLDER_OF_OWNER));
            FileChannel channel = FileChannel.open(
                    path.resolve("up.lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            if (!locked(channel)) {
                String owner = Files.readString(path.resolve("up.lock")).strip();
                channel.close();
                throw new StartFailure(
                        StartFailure.FOLDER_IN_USE,
                        "another forgelog up" + (owner.isEmpty() ? "" : " (process " + owner + ")") + " runs on " + path
                                + ". Stop it, or choose another folder with --data.");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            DataFolder claimed = new DataFolder(path, channel);
            for (Path file : List.of(claimed.log(), path.resolve("up.lock"))) {
                if (!Files.exists(file)) {
                    Files.createFile(file, ownerOnly(OWNER_ONLY));
                }
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(OWNER_ONLY));
            }
            return claimed;
        } catch (IOException e) {
            throw new StartFailure(StartFailure.NOT_STARTED, "the data folder " + path + " cannot be used: " + e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    Path postgres() {
        return path.resolve("postgres");
    }

    /** The table's store. It can be made again from the log. */
    Path dynamoDb() {
        return path.resolve("dynamodb");
    }

    Path log() {
        return path.resolve("forgelog.log");
    }

    Path adminTokenFile() {
        return path.resolve("admin-token");
    }

    /** The administrator's token of this folder, made at random at the first call; only its owner can read the file. */
    String adminToken() {
        Path file = adminTokenFile();
        String token = secret(file, DataFolder::randomToken).strip();
        if (token.isEmpty()) {
            throw new StartFailure(
                    StartFailure.NOT_STARTED,
                    "the token file " + file + " is empty. Delete it to have a new token made.");
        }
        return token;
    }

    Path masterKeysFile() {
        return path.resolve("master-keys");
    }

    /**
     * The master keys of this folder, one a line, the first made at random at the first call; only its owner can read the file.
     * Without it, nobody can read any more what the log says of people.
     */
    List<String> masterKeys() {
        Path file = masterKeysFile();
        List<String> keys = secret(file, DataFolder::randomKey)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        if (keys.isEmpty()) {
            throw new StartFailure(StartFailure.NOT_STARTED, "the file of master keys, " + file + ", is empty.");
        }
        return keys;
    }

    private String secret(Path file, Supplier<String> random) {
        try {
            if (!Files.exists(file)) {
                Path draft = path.resolve(file.getFileName() + ".new");
                Files.deleteIfExists(draft);
                Files.createFile(draft, ownerOnly(OWNER_ONLY));
                Files.writeString(draft, random.get() + "\n");
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(OWNER_ONLY));
            return Files.readString(file);
        } catch (IOException e) {
            throw new StartFailure(StartFailure.NOT_STARTED, "the file " + file + " cannot be used: " + e);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> ownerOnly(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private static String randomKey() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String randomToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StartFailure(StartFailure.NOT_STARTED, "the lock on " + path + " cannot be released: " + e);
        }
    }
}
