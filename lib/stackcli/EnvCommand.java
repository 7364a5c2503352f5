package stackcli;

import console.ProgramName;
import contract.ExitCode;
import contract.Variables;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import services.Engine;
import services.ServiceStatus;
import services.StackPort;

/** {@code stack env}. */
@Command(name = "env", mixinStandardHelpOptions = true, usageHelpAutoWidth = true,
        description = {"Print the environment variables that make pa send to this stack.", ""}, footerHeading = "%nExamples:%n",
        footer = {"  eval \"$(stack env)\"", "  stack env --no-content", "  stack env --json"})
final class EnvCommand extends StackVerb {
    @Option(names = "--json", description = "Print JSON, for a script.")
    boolean json;

    @Option(names = "--no-content", description = "Do not let pa send tasks, instructions, answers and the output of checks"
            + " to the embedded engine of this machine.")
    boolean noContent;

    @Override
    int run(ConsoleProgress progress) {
        Engine engine = stack.engines(progress).choose();
        List<ServiceStatus> statuses = engine.status();
        String endpoint = statuses.stream().map(status -> status.urls().get(StackPort.OTLP_GRPC.title()))
                .filter(java.util.Objects::nonNull).findFirst()
                .orElse("http://127.0.0.1:" + StackPort.OTLP_GRPC.known());
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(Variables.ENABLE_TELEMETRY, "1");
        variables.put(Variables.OTLP_ENDPOINT, endpoint);
        variables.put(Variables.SERVICE_NAME, stack.environment.getOrDefault(Variables.SERVICE_NAME, "agentproxy"));
        variables.put(Variables.SERVICE_NAMESPACE, stack.environment.getOrDefault(Variables.SERVICE_NAMESPACE, "dev"));
        boolean content = engine.name().equals(EngineChoice.Name.embedded.name()) && isLoopback(endpoint) && !noContent;
        if (content) {
            variables.put(Variables.CONTENT, "local");
        }
        if (json) {
            stack.console.out(StatusView.text(variables));
        } else {
            variables.forEach((name, value) -> stack.console.out("export " + name + "=" + ProgramName.word(value)));
        }
        if (content) {
            progress.note("content stays on this machine: with " + Variables.CONTENT + "=local pa also sends the text of tasks,"
                    + " instructions, answers and checks, but only to this machine's embedded engine;"
                    + " --no-content leaves the text out");
        }
        if (!StatusView.ready(statuses)) {
            progress.warn("the stack is not ready, " + statuses.stream().filter(s -> s.state() != ServiceStatus.State.READY)
                    .map(s -> s.service() + " is " + s.words()).collect(Collectors.joining(", ")) + ": stack up");
        }
        return ExitCode.OK;
    }

    private static boolean isLoopback(String endpoint) {
        String host = URI.create(endpoint).getHost();
        return host != null && (host.equals("localhost") || host.equals("[::1]") || host.startsWith("127."));
    }
}
