package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path parent;

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void nobodyElseReadsIt() throws Exception {
        Path path = Files.createDirectory(parent.resolve("data"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createFile(path.resolve("forgelog.log"));
        Files.setPosixFilePermissions(path.resolve("forgelog.log"), PosixFilePermissions.fromString("rw-r--r--"));
        try (DataFolder folder = DataFolder.claim(path)) {
            folder.adminToken();
            assertThat(permissions(path)).isEqualTo("rwx------");
            for (Path file : new Path[] {folder.log(), folder.adminTokenFile()}) {
                assertThat(permissions(file)).as(file.toString()).isEqualTo("rw-------");
            }
        }
    }

    @Test
    void anEmptyTokenFileIsRefusedAndSaysWhatToDo() throws Exception {
        try (DataFolder folder = DataFolder.claim(parent.resolve("data"))) {
            Files.writeString(folder.adminTokenFile(), "\n");
            assertThatThrownBy(folder::adminToken)
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("admin-token is empty")
                    .hasMessageContaining("Delete it");
        }
    }
}
