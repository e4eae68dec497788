package org.forgelog.engines;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that starts a PostgreSQL in a folder, says its process id and waits to be killed. */
final class EnginesOwner {
    private final Process process;
    private final long postgres;

    private EnginesOwner(Process process, long postgres) {
        this.process = process;
        this.postgres = postgres;
    }

    static LocalPostgres.Settings postgresIn(Path folder) {
        return LocalPostgres.Settings.durableAt(folder.resolve("postgres"));
    }

    static EnginesOwner startIn(Path folder) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), EnginesOwner.class.getName()));
        command.add(folder.toString());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader();
        return new EnginesOwner(process, Long.parseLong(output.readLine()));
    }

    ProcessHandle postgres() {
        return ProcessHandle.of(postgres).orElseThrow();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Kills it after its watchdogs, as a machine does that runs out of memory and chooses badly. */
    void killWithWatchdogs() throws InterruptedException {
        process.children().filter(child -> child.pid() != postgres).forEach(ProcessHandle::destroyForcibly);
        kill();
    }

    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        LocalPostgres postgres = LocalPostgres.start(postgresIn(folder));
        System.out.println(postgres.pid());
        Thread.currentThread().join();
    }
}
