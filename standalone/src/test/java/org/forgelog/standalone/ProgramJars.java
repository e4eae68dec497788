package org.forgelog.standalone;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Class paths of jars alone. Of those a JVM keeps an archive of the classes that it has read, and the next one starts with
 * half the work.
 */
final class ProgramJars {

    private static final Path FOLDER = Path.of("target", "programs").toAbsolutePath();

    private static final Map<String, String> JARS = new ConcurrentHashMap<>();

    private ProgramJars() {}

    /** The same classes. */
    static String of(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Files.isDirectory(Path.of(entry)) ? JARS.computeIfAbsent(entry, ProgramJars::jar) : entry)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Where the JVM that runs a program keeps its archive. */
    static Path archive(Class<?> main) {
        return FOLDER.resolve(main.getSimpleName() + ".jsa");
    }

    private static String jar(String classes) {
        Path folder = Path.of(classes);
        Path jar = FOLDER.resolve(folder.getParent().getParent().getFileName() + "-" + folder.getFileName() + ".jar");
        try (Stream<Path> files = Files.walk(folder)) {
            Files.createDirectories(FOLDER);
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
                // Folders, too: what looks for all of a package asks for its folder.
                for (Path file :
                        files.filter(file -> !file.equals(folder)).sorted().toList()) {
                    String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                    out.putNextEntry(new ZipEntry(Files.isDirectory(file) ? name + "/" : name));
                    if (Files.isRegularFile(file)) {
                        Files.copy(file, out);
                    }
                    out.closeEntry();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar.toString();
    }
}
