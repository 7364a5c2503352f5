package stackcli;

import console.Format;
import contract.ExitCode;
import contract.Failure;
import contract.FallenEngine;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import services.Engine;
import services.ServiceStatus;

/** {@code stack logs}. */
@Command(name = "logs", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = {"Print the logs of the services.", ""}, footerHeading = "%nExamples:%n",
        footer = {"  stack logs otel-collector", "  stack logs -f --tail 0"})
final class LogsCommand extends StackVerb {
    @Parameters(arity = "0..*", paramLabel = "SERVICE", description = "The services (default: all).")
    List<String> services = List.of();

    @Option(names = {"-f", "--follow"}, description = "Continue until Ctrl-C.")
    boolean follow;

    @Option(names = {"-n", "--tail"}, paramLabel = "N", defaultValue = "100",
            description = "The number of lines of each service (default: 100).")
    int tail;

    @Override
    int run(ConsoleProgress progress) throws InterruptedException {
        if (tail < 0) {
            throw Failure.usage("--tail " + tail + ": not a number of lines", "use 0 or more");
        }
        try {
            boolean one = services.size() == 1;
            Thread follower = Thread.currentThread();
            Engine engine = stack.engines(progress).choose();
            if (FallenEngine.isLeft(stack.environment)) {
                engine.status().stream().filter(status -> status.state() == ServiceStatus.State.STOPPED)
                        .forEach(status -> progress.warn(status.service() + " is " + status.words()));
            }
            engine.logs(services, tail, follow, line -> {
                // A log can repeat texts of senders, so control characters are removed for the terminal.
                String text = Format.printable(line.text());
                stack.console.out(one ? text : stack.console.outPalette().cyan(line.service()) + "  " + text);
                if (follow && stack.console.outGone()) {
                    // The reader of an endless log has gone: end as with Ctrl-C.
                    follower.interrupt();
                }
            });
            return ExitCode.OK;
        } catch (InterruptedException e) {
            if (follow) {
                return ExitCode.OK;
            }
            throw e;
        }
    }
}
