package stackcli;

import console.Console;
import containers.ContainerEngine;
import contract.Failure;
import contract.Product;
import contract.TraceLink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import services.Engine;
import services.Progress;

/** {@code stack}: its commands, and the parts that they share. */
@Command(name = "stack", version = "stack " + Product.VERSION, mixinStandardHelpOptions = true, sortOptions = false,
        usageHelpAutoWidth = true, synopsisSubcommandLabel = "COMMAND",
        description = {"", "Receives and shows the telemetry of pa and Claude Code: Collector, Tempo, Prometheus and Grafana in containers,"
                + " or one JVM if there is no container engine.", ""},
        optionListHeading = "%nOptions:%n", commandListHeading = "%nCommands:%n", footerHeading = "%nExamples:%n",
        footer = {"  stack up                          start everything; a second call changes nothing",
            "  eval \"$(stack env)\"               make pa send to it",
            "  stack open                        open it in the browser",
            "  stack doctor                      what is broken, and how to fix it",
            "  stack logs -f otel-collector      follow the Collector's log",
            "  stack config --eject my-stack     your own configuration",
            "  stack up --config-dir my-stack    and start with it",
            "  stack down                        stop, keep the data; -v deletes it", "",
            "Exit codes: 0 ok, 1 error, 2 usage, 3 no engine, 4 port taken, 5 not ready, 130 and 143 interrupted."})
final class StackCommand implements Callable<Integer> {
    /** Another name than {@code agentproxy} for containers, volumes and network: for a second stack beside the first. */
    static final String NAME_VARIABLE = "AGENTPROXY_STACK_NAME";

    @Option(names = "--engine", paramLabel = "NAME", scope = ScopeType.INHERIT, defaultValue = "auto",
            description = "auto, docker or embedded (default: auto: docker when a container engine answers).")
    EngineChoice.Name engine;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show each step with its reason, and stack traces.")
    boolean verbose;

    @Spec CommandSpec spec;

    final Console console;
    final Map<String, String> environment;
    private final Optional<Function<Map<String, String>, Engine>> embedded;
    private ContainerEngine containers;

    StackCommand(Console console, Map<String, String> environment, Optional<Function<Map<String, String>,
            Engine>> embedded) {
        this.console = console;
        this.environment = environment;
        this.embedded = embedded;
    }

    @Override
    public Integer call() {
        console.note(spec.commandLine().getUsageMessage().stripTrailing());
        return CommandLine.ExitCode.USAGE;
    }

    /** The engine for a command that works on an existing stack. */
    EngineChoice engines(Progress progress) {
        return new EngineChoice(engine, environment, containers(), embedded, progress);
    }

    /** Lets the engine be looked for while the command line is read, for the verbs that people wait for. */
    void prepare(List<String> arguments) {
        if (arguments.contains(EngineChoice.Name.embedded.name())) {
            return;
        }
        try {
            boolean up = arguments.contains("up");
            if (up && !TraceLink.isKnown(EngineChoice.owner(containers(), environment), environment)) {
                containers().prepareToCreate();
            } else if (up || arguments.contains("status") || arguments.contains("down")) {
                containers().prepare();
            }
        } catch (Failure e) {
            // The verb says it.
            return;
        }
    }

    private ContainerEngine containers() {
        if (containers == null) {
            containers = new ContainerEngine(environment.getOrDefault(NAME_VARIABLE, ContainerEngine.DEFAULT_STACK), environment);
        }
        return containers;
    }

    ConsoleProgress progress() {
        return new ConsoleProgress(console, verbose);
    }
}
