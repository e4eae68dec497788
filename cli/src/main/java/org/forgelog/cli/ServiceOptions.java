package org.forgelog.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Where the service is and who we are: the options that every command takes, anywhere on its line. */
public final class ServiceOptions {

    static final String DEFAULT_URL = "http://127.0.0.1:8080";

    private final Map<String, String> environment;
    private final Terminal terminal;

    @Option(
            names = "--url",
            scope = picocli.CommandLine.ScopeType.INHERIT,
            paramLabel = "URL",
            description = "Address of the service (FORGELOG_URL; default " + DEFAULT_URL + ").")
    private @Nullable String url;

    @Option(
            names = "--token",
            scope = picocli.CommandLine.ScopeType.INHERIT,
            paramLabel = "TOKEN",
            description =
                    "The site administrator's token (FORGELOG_TOKEN or FORGELOG_ADMIN_TOKEN; default: the file admin-token"
                            + " in the data folder, for a service on this machine).")
    private @Nullable String token;

    @Option(
            names = "--json",
            scope = picocli.CommandLine.ScopeType.INHERIT,
            description = "Answer in JSON, for programs.")
    private boolean json;

    public ServiceOptions(Map<String, String> environment, Terminal terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    Terminal terminal() {
        return terminal;
    }

    public boolean json() {
        return json;
    }

    public Service service() {
        return new Service(address());
    }

    /** The service's endpoints for operators, as the site administrator. */
    Operator operator() {
        return new Operator(service(), token());
    }

    /** Says something to whoever asked: the JSON to programs, the text to people. */
    void tell(PrintWriter out, JsonNode answer, Consumer<PrintWriter> text) {
        if (json) {
            out.println(answer);
        } else {
            text.accept(out);
        }
    }

    /** A line of progress that programs do not see. */
    ProgressLine progress(PrintWriter out) {
        return json
                ? new ProgressLine(new PrintWriter(PrintWriter.nullWriter()), false)
                : new ProgressLine(out, terminal.redraws());
    }

    /** @throws CliFailure when it is no address of a service */
    public URI address() {
        String text = url != null ? url : environment.getOrDefault("FORGELOG_URL", DEFAULT_URL);
        try {
            URI address = URI.create(text);
            if (address.getHost() != null && String.valueOf(address.getScheme()).matches("https?")) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // said below, with the text itself
        }
        throw new CliFailure(ExitCodes.USAGE, "'" + text + "' is not an address such as " + DEFAULT_URL + ".");
    }

    /** @throws CliFailure when there is none */
    public String token() {
        if (token != null) {
            return token;
        }
        for (String name : new String[] {"FORGELOG_TOKEN", "FORGELOG_ADMIN_TOKEN"}) {
            String value = environment.get(name);
            if (value != null && !value.isBlank()) {
                return value.strip();
            }
        }
        return tokenOfDataFolder();
    }

    private String tokenOfDataFolder() {
        Path file = Path.of(environment.getOrDefault("FORGELOG_DATA", ".forgelog"), "admin-token");
        // The token of this machine's own service must not travel to somebody else's.
        if (!onThisMachine()) {
            throw new CliFailure(
                    ExitCodes.REFUSED,
                    "no token: give the one of " + address() + " with --token or FORGELOG_TOKEN. (" + file
                            + " is only used for a service on this machine.)");
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CliFailure(
                    ExitCodes.REFUSED,
                    "no token: neither --token, FORGELOG_TOKEN nor FORGELOG_ADMIN_TOKEN is set, and " + file
                            + " cannot be read. Did you start ./forgelog up on another folder? Then set FORGELOG_DATA.");
        }
    }

    /** Whether the service's address is a loopback one. */
    public boolean onThisMachine() {
        try {
            return InetAddress.getByName(address().getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
