package org.forgelog.cli.demo;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.forgelog.cli.Confirmation;
import org.forgelog.cli.ExitCodes;
import org.forgelog.cli.Service;
import org.forgelog.cli.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code forgelog demo}: writes example data, then shows and checks every access pattern on it. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Play example data and show every access pattern: the request, what it cost, the answer.",
            "Makes the accounts octocat, torvalds, aws, developer123 and john, and makes the repositories"
                    + " octocat/hello-world, torvalds/linux and aws/dynamodb-toolbox anew. Ends with 1 when an answer is"
                    + " wrong."
        })
public final class DemoCommand implements Callable<Integer> {

    private final ServiceOptions options;

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    public DemoCommand(ServiceOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (!options.onThisMachine()) {
            confirmation.ask(
                    options,
                    out,
                    options.address() + " is not on this machine. The demo deletes and creates repositories.");
        }
        PrintWriter told = options.json() ? new PrintWriter(PrintWriter.nullWriter()) : out;
        Service service = options.service();
        String token = options.token();
        People people = new People();
        Checks checks = new Checks();
        told.println("Writing the example data to " + service.url());
        Preparation preparation = new Preparation(service, token, people, checks, told);
        ScenarioRunner runner = new ScenarioRunner(service, people, checks, told);
        try {
            preparation.run();
            told.println();
            told.println(
                    "Reading. A name that the service sees for the first time costs it one more round of requests,");
            told.println(
                    "and these reads carry the position of the last write, so that items cost twice a stale read.");
            Scenarios.all().forEach(runner::play);
        } finally {
            preparation.revokeTokens();
        }
        if (options.json()) {
            out.println(runner.report());
        }
        return verdict(checks, told, spec.commandLine().getErr());
    }

    private static int verdict(Checks checks, PrintWriter out, PrintWriter err) {
        out.println();
        if (checks.wrong().isEmpty()) {
            out.println("All " + checks.made() + " checks hold.");
            return ExitCodes.OK;
        }
        checks.wrong().forEach(what -> err.println("WRONG: " + what));
        err.println(checks.wrong().size() + " of " + checks.made() + " checks failed.");
        return ExitCodes.WRONG;
    }
}
