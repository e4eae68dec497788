package org.forgelog.engines;

import java.io.IOException;

/**
 * Ends a process when this one dies, however it dies. A shell reads from a pipe that only this JVM holds open: at the
 * pipe's end, which even {@code kill -9} brings about, it signals the process.
 */
final class ParentWatchdog implements AutoCloseable {
    /** Ctrl-C and a closing terminal reach the whole process group; the watchdog must outlive them to do its work. */
    private static final String SCRIPT = "trap '' INT HUP TERM; read -r _; kill -s \"$1\" \"$2\" 2>/dev/null";

    private final Process shell;

    private ParentWatchdog(Process shell) {
        this.shell = shell;
    }

    static ParentWatchdog to(long pid, String signal) {
        try {
            return new ParentWatchdog(
                    new ProcessBuilder("sh", "-c", SCRIPT, "forgelog-watchdog", signal, Long.toString(pid))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start());
        } catch (IOException e) {
            throw new EngineException("cannot start the shell that watches process " + pid, e);
        }
    }

    /** Lets go without a signal. */
    @Override
    public void close() {
        shell.destroyForcibly();
    }
}
