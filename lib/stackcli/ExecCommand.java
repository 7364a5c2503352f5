package stackcli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code stack exec}. */
@Command(name = "exec", mixinStandardHelpOptions = true, usageHelpAutoWidth = true,
        description = {"Run a command in a service's container. Its exit code is ours.", ""}, footerHeading = "%nExamples:%n",
        footer = {"  stack exec prometheus promtool check config /etc/prometheus/prometheus.yml",
            "  stack exec grafana wget -qO- http://prometheus:9090/-/ready", "  stack exec otel-collector /otelcol-contrib components"})
final class ExecCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "SERVICE", description = "Where.")
    String service;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "CMD", description = "A program and its arguments; no shell reads them.")
    List<String> command;

    @ParentCommand StackCommand stack;

    @Override
    public Integer call() throws InterruptedException {
        try (ConsoleProgress progress = stack.progress();
                LineStream out = new LineStream(stack.console::out);
                LineStream err = new LineStream(stack.console::note)) {
            return stack.engines(progress).containersFor("exec").exec(service, command, out, err);
        }
    }
}
