package stackcli;

import contract.ExitCode;
import contract.Failure;
import contract.TraceLink;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import services.Engine;

/** {@code stack down}. */
@Command(name = "down", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = {"Stop the stack in order and remove its containers. The data is kept, unless -v is given.", ""},
        footerHeading = "%nExamples:%n",
        footer = {"  stack down", "  stack down -v          asks, then deletes all traces and metrics",
            "  stack down -v --yes    for scripts"})
final class DownCommand extends StackVerb {
    @Option(names = {"-v", "--volumes"}, description = "Delete the data too.")
    boolean volumes;

    @Option(names = {"-y", "--yes"}, description = "Do not ask.")
    boolean yes;

    @Override
    int run(ConsoleProgress progress) throws InterruptedException {
        Engine engine = stack.engines(progress).choose();
        if (volumes && !confirmed(engine, progress)) {
            progress.note("nothing was done");
            return ExitCode.ERROR;
        }
        AtomicBoolean did = new AtomicBoolean();
        engine.down(volumes, Verbs.noticing(progress, () -> did.set(true)));
        forgetLink(engine, progress);
        if (did.get()) {
            progress.note(stack.console.palette().ok() + (volumes ? " stopped, data deleted"
                    : " stopped, data kept (stack up brings it back; stack down -v deletes it)"));
        } else {
            progress.note("nothing was running" + (volumes ? ", and there was no data" : "; data is kept"));
        }
        return ExitCode.OK;
    }

    private void forgetLink(Engine engine, ConsoleProgress progress) {
        try {
            TraceLink.forget(EngineChoice.owner(engine, stack.environment), stack.environment);
        } catch (IOException e) {
            progress.warn("pa will still print links to traces: " + e);
        }
    }

    private boolean confirmed(Engine engine, ConsoleProgress progress) {
        List<String> data = engine.data();
        if (data.isEmpty()) {
            return true;
        }
        progress.note("This deletes all traces, metrics, logs and changed dashboards in:");
        data.forEach(item -> progress.note("  " + item));
        if (yes) {
            return true;
        }
        if (System.console() == null) {
            throw Failure.usage("'stack down -v' deletes data, and there is no terminal to ask for a yes", "add --yes");
        }
        stack.console.note("Delete it? [y/N]");
        try {
            String answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return answer != null && answer.strip().matches("(?i)y|yes");
        } catch (IOException e) {
            return false;
        }
    }
}
