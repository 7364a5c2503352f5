package stackcli;

import console.RawTerminal;
import containers.ContainerEngine;
import containers.engine.CommandEnd;
import containers.engine.CommandStreams;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stack exec}. */
@Command(name = "exec", mixinStandardHelpOptions = true, usageHelpAutoWidth = true,
        description = {"Run a command in a service's container. It uses your stdin, stdout and terminal,"
                + " and stack exec ends with its exit code.", ""},
                footerHeading = "%nExamples:%n",
        footer = {"  stack exec prometheus promtool check config /etc/prometheus/prometheus.yml",
            "  stack exec grafana wget -qO- http://prometheus:9090/-/ready",
            "  stack exec otel-collector /otelcol-contrib components",
            "  stack exec grafana sh                 a shell; Ctrl-D ends it",
            "  stack exec prometheus promtool check rules < my-rules.yml"})
final class ExecCommand extends StackVerb {
    @Parameters(index = "0", paramLabel = "SERVICE", description = "Where.")
    String service;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "CMD",
            description = "A program and its arguments; no shell reads them.")
    List<String> command;

    @Override
    int run(ConsoleProgress progress) throws InterruptedException {
        ContainerEngine engine = stack.engines(progress).containersFor("exec");
        CommandEnd end = stack.console.interactive() ? onTerminal(engine, progress) : engine.exec(service, command,
                streams(Optional.empty()));
        if (!end.started()) {
            progress.note("  hint: these images are small: the image of " + service + " does not have " + command.get(0)
                    + "; only Grafana and Prometheus have a shell");
        }
        return end.exitCode();
    }

    /** Gives the command a terminal of its own; our terminal shows it as long as the command runs. */
    private CommandEnd onTerminal(ContainerEngine engine, ConsoleProgress progress) throws InterruptedException {
        RawTerminal terminal;
        try {
            terminal = RawTerminal.enter();
        } catch (IOException e) {
            progress.warn("the command runs without a terminal, because this terminal cannot be passed on: " + e.getMessage());
            return engine.exec(service, command, streams(Optional.empty()));
        }
        try {
            return engine.exec(service, command, streams(Optional.of(new Screen(terminal))));
        } finally {
            putBack(terminal, progress);
        }
    }

    private static void putBack(RawTerminal terminal, ConsoleProgress progress) {
        try {
            terminal.close();
        } catch (IOException e) {
            progress.warn("the terminal could not be restored (" + e.getMessage() + "): run reset");
        }
    }

    private CommandStreams streams(Optional<CommandStreams.Screen> screen) {
        return new CommandStreams(System.in, stack.console.outBytes(), stack.console.errBytes(), screen);
    }

    /** Our terminal, as the command's screen. */
    private record Screen(RawTerminal terminal) implements CommandStreams.Screen {
        @Override
        public CommandStreams.Size size() {
            int[] size = terminal.size();
            return new CommandStreams.Size(size[0], size[1]);
        }

        @Override
        public void whenResized(Consumer<CommandStreams.Size> listener) {
            terminal.whenResized(() -> listener.accept(size()));
        }
    }
}
