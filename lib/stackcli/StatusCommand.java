package stackcli;

import contract.ExitCode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import services.Engine;
import services.ServiceStatus;

/** {@code stack status}. */
@Command(name = "status", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = {"Show the services, whether they answer, and the alerts of the stack's Prometheus. Exit code 0 if all are"
                + " ready and no alert is critical, 5 otherwise.", ""},
        footerHeading = "%nExamples:%n", footer = {"  stack status", "  stack status --json"})
final class StatusCommand extends StackVerb {
    @Option(names = "--json", description = "Print JSON, for a script.")
    boolean json;

    @Override
    int run(ConsoleProgress progress) {
        Engine engine = stack.engines(progress).choose();
        List<ServiceStatus> statuses = engine.status();
        List<Alerts.Alert> alerts = Alerts.firing(statuses);
        if (json) {
            new StatusView(stack.console).json(engine, statuses, alerts);
        } else {
            progress.note(stack.console.palette().dim("engine " + engine.name() + ": " + engine.description()));
            new StatusView(stack.console).table(statuses);
            alerts.forEach(alert -> progress.warn(alert.summary() + " (" + alert.name() + "). " + alert.description()));
        }
        return StatusView.ready(statuses) && alerts.stream().noneMatch(Alerts.Alert::critical) ? ExitCode.OK
                : ExitCode.NOT_READY;
    }
}
