package stackcli;

import contract.ExitCode;
import contract.TraceLink;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import services.Engine;
import services.Progress;
import services.ServiceStatus;
import services.StackOptions;

/** {@code stack up}. */
@Command(name = "up", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = {"Start the stack and wait until all of it answers. Services that are up to date are not touched. A changed file"
                + " recreates only its service and keeps the data.", ""},
        footerHeading = "%nExamples:%n",
        footer = {"  stack up", "  stack up --dry-run", "  stack up --port grafana=3001 --retention 30d",
            "  stack up --config-dir my-stack", "  stack up --engine embedded"})
final class UpCommand extends StackVerb {
    @Mixin StackOptionsMixin chosen;

    @Mixin SendersMixin senders;

    @Option(names = "--dry-run", description = "Show what would be done and why, and do nothing.")
    boolean dryRun;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Override
    int run(ConsoleProgress progress) throws InterruptedException {
        StackOptions options = chosen.options(stack.environment, dryRun);
        Engine engine = stack.engines(progress).chooseFor(options);
        progress.note(stack.console.palette().dim("engine " + engine.name() + ": " + engine.description()));
        List<ServiceStatus> statuses = engine.up(senders.addTo(options, engine.name()),
                dryRun ? Verbs.telling(progress) : progress);
        if (dryRun) {
            return ExitCode.OK;
        }
        remember(engine, progress);
        progress.close();
        show(engine, statuses);
        return StatusView.exitCode(statuses);
    }

    /** Writes down the address, so that pa can print a link to its trace. */
    private void remember(Engine engine, Progress progress) {
        engine.traceAddress().ifPresent(address -> {
            try {
                TraceLink.remember(EngineChoice.owner(engine, stack.environment), address, stack.environment);
            } catch (IOException e) {
                progress.warn("pa will print no links to traces: " + e);
            }
        });
    }

    private void show(Engine engine, List<ServiceStatus> statuses) {
        if (json) {
            new StatusView(stack.console).json(engine, statuses);
            return;
        }
        new StatusView(stack.console).table(statuses);
        stack.console.note("");
        // One line for each, so that it can be pasted.
        stack.console.note("next:");
        List.of("eval \"$(stack env)\"", "pa --rehearse \"Create a hello world script\"", "stack open").forEach(step ->
                stack.console.note("  " + stack.console.pasteable(step)));
    }
}
