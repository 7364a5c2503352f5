package cli;

import cli.run.Run;
import cli.run.RunOptions;
import cli.run.RunRequest;
import contract.Failure;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pa resume ID}: continues a session that ended, was interrupted or was killed. */
@Command(name = "resume", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = "Continue a session, with the worker's conversation, all decisions, and the cost so far.")
final class ResumeCommand extends Verb {
    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "The session, or an unambiguous part of its id "
            + "(default: the newest).")
    Optional<String> id;

    @Option(names = {"-t", "--task"}, paramLabel = "TEXT", description = "The next step, instead of the pending one.")
    Optional<String> further;

    @Option(names = "--json", description = "The same as --display json.")
    boolean json;

    @Mixin RunOptions options;

    @Override
    int run() throws InterruptedException {
        if (json) {
            options.display.filter(d -> d != RunOptions.DisplayName.json).ifPresent(d -> {
                throw Failure.usage("--json and --display " + d + " cannot be used together", "give one of them");
            });
            options.display = Optional.of(RunOptions.DisplayName.json);
        }
        RunRequest.Builder request = new RunRequest.Builder(console, options.state.in(environment, console), options, spec);
        return new Run(request.resume(id.orElse(""), further)).execute();
    }
}
