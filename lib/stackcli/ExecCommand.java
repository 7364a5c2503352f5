package stackcli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code stack exec}. */
@Command(name = "exec", mixinStandardHelpOptions = true, usageHelpAutoWidth = true,
        description = {"Run a command in a service's container. Its exit code is ours.", ""},
                footerHeading = "%nExamples:%n",
        footer = {"  stack exec prometheus promtool check config /etc/prometheus/prometheus.yml",
            "  stack exec grafana wget -qO- http://prometheus:9090/-/ready",
                    "  stack exec otel-collector /otelcol-contrib components"})
final class ExecCommand implements Callable<Integer> {
    /** As shells and container engines report a command that cannot be run, and one that is not there. */
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    @Parameters(index = "0", paramLabel = "SERVICE", description = "Where.")
    String service;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "CMD",
            description = "A program and its arguments; no shell reads them.")
    List<String> command;

    @ParentCommand StackCommand stack;

    @Override
    public Integer call() throws InterruptedException {
        try (ConsoleProgress progress = stack.progress();
                LineStream out = new LineStream(stack.console::out);
                LineStream err = new LineStream(stack.console::note)) {
            int code = stack.engines(progress).containersFor("exec").exec(service, command, out, err);
            if (code == NOT_EXECUTABLE || code == NOT_FOUND) {
                progress.note("  hint: these images are small: " + command.get(0) + " is not in " + service
                        + "'s; only Grafana and Prometheus have a shell");
            }
            return code;
        }
    }
}
