package stackcli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import services.Engine;
import services.ServiceStatus;

/** {@code stack restart}. */
@Command(name = "restart", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = {"Restart services, with changed configuration files and the options of the last up.", ""},
        footerHeading = "%nExamples:%n", footer = {"  stack restart grafana", "  stack restart --verbose"})
final class RestartCommand extends StackVerb {
    @Parameters(arity = "0..*", paramLabel = "SERVICE", description = "The services (default: all).")
    List<String> services = List.of();

    @Mixin StackOptionsMixin chosen;

    @Mixin SendersMixin senders;

    @Override
    int run(ConsoleProgress progress) throws InterruptedException {
        Engine engine = stack.engines(progress).choose();
        List<ServiceStatus> statuses = engine.restart(services, senders.addTo(chosen.options(stack.environment, false),
                engine.name()), progress);
        progress.close();
        new StatusView(stack.console).table(statuses);
        return StatusView.exitCode(statuses);
    }
}
