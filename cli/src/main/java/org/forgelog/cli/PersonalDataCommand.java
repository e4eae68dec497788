package org.forgelog.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code forgelog personal-data}: forgetting people, and the master key that protects what tells of them. */
@Command(
        name = "personal-data",
        mixinStandardHelpOptions = true,
        description = "Forget people; look after the keys that encrypt what the event log says of them.",
        synopsisSubcommandLabel = "COMMAND")
final class PersonalDataCommand implements Callable<Integer> {

    private static final int PAGE = 1_000;
    /** With the id of an account behind it, it names somebody whose login is not to be known. */
    private static final String GHOST = "ghost~";

    private final ServiceOptions options;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    PersonalDataCommand(ServiceOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() {
        return Main.help(spec);
    }

    /** Some keys of accounts with greater ids. */
    static JsonNode keys(Operator operator, long after) {
        return operator.get("/operator/person-keys?after=" + after + "&limit=" + PAGE)
                .path("keys");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Delete a user's account and everything that tells who it was, for good.",
                "Afterwards put `forgelog personal-data forgotten` beside the backups."
            })
    int forget(
            @Mixin Confirmation confirmation,
            @Option(
                            names = "--list",
                            paramLabel = "LIST",
                            description =
                                    "Forget those who are forgotten elsewhere, by the list that `forgotten` prints.")
                    @Nullable
                    Path list,
            @Parameters(arity = "0..1", paramLabel = "LOGIN") @Nullable String login)
            throws IOException {
        List<String> people;
        if (login != null && list == null) {
            people = List.of(login);
        } else if (login == null && list != null) {
            people = AccountList.read(list).stream().map(id -> GHOST + id).toList();
        } else {
            throw new CliFailure(ExitCodes.USAGE, "LOGIN or --list is needed.");
        }
        confirmation.ask(
                options,
                spec.commandLine().getOut(),
                String.join(", ", people)
                        + ": accounts and repositories are deleted, and nobody can tell any more who it was.");
        Operator operator = options.operator();
        for (String person : people) {
            JsonNode begun = operator.deleteIfThere("/admin/users/" + Operator.encoded(person) + "/personal-data");
            if (begun == null && login != null) {
                throw new CliFailure(ExitCodes.FAILED, "There is no user " + login + ", or they are forgotten.");
            }
            if (begun != null) {
                tell(ServiceJob.await(
                        operator, begun, options.progress(spec.commandLine().getOut())));
            }
        }
        return ExitCodes.OK;
    }

    private void tell(JsonNode report) {
        options.tell(spec.commandLine().getOut(), report, out -> {
            Text.print(
                    out,
                    String.format(
                            Locale.ROOT,
                            "Account %d is forgotten. Rewritten: %,d events in the clear.",
                            report.path("account_id").asLong(0),
                            report.path("rewritten").asLong(0)),
                    0);
            if (!report.path("left").isEmpty()) {
                Text.print(out, "Left to do by somebody with more rights:", 0);
                report.path("left").forEach(statement -> out.println("  " + statement.asString("")));
            }
        });
    }

    @Command(
            name = "rotate-master-key",
            mixinStandardHelpOptions = true,
            description = "Encrypt people's keys and webhooks' secrets with the first of the configured master keys.")
    int rotate() {
        Operator operator = options.operator();
        JsonNode report = ServiceJob.await(
                operator,
                operator.post("/admin/master-key/rotation"),
                options.progress(spec.commandLine().getOut()));
        options.tell(
                spec.commandLine().getOut(),
                report,
                out -> Text.print(
                        out,
                        String.format(
                                Locale.ROOT,
                                "%,d keys and %,d secrets of webhooks were encrypted anew, with master key %s.",
                                report.path("keys").asLong(0),
                                report.path("secrets").asLong(0),
                                report.path("master_key").asString("")),
                        0));
        return ExitCodes.OK;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "List the accounts of those who are forgotten, one id a line: what a restored backup has to forget too.")
    int forgotten() {
        Operator operator = options.operator();
        long after = 0;
        JsonNode page = keys(operator, after);
        while (!page.isEmpty()) {
            for (JsonNode key : page) {
                after = key.path("person_key").asLong(0);
                if (!key.path("wrapped").isString()) {
                    spec.commandLine().getOut().println(after);
                }
            }
            page = keys(operator, after);
        }
        return ExitCodes.OK;
    }
}
