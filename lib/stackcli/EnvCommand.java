package stackcli;

import contract.ExitCode;
import contract.Variables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import services.ServiceStatus;
import services.StackPort;

/** {@code stack env}. */
@Command(name = "env", mixinStandardHelpOptions = true, usageHelpAutoWidth = true,
        description = {"Print the variables that let pa send to this stack.", ""}, footerHeading = "%nExamples:%n",
        footer = {"  eval \"$(stack env)\"", "  stack env --json"})
final class EnvCommand implements Callable<Integer> {
    @Option(names = "--json", description = "As JSON, for a script.")
    boolean json;

    @ParentCommand StackCommand stack;

    @Override
    public Integer call() {
        try (ConsoleProgress progress = stack.progress()) {
            List<ServiceStatus> statuses = stack.engines(progress).choose().status();
            String endpoint = statuses.stream().map(status -> status.urls().get(StackPort.OTLP_GRPC.title()))
                    .filter(java.util.Objects::nonNull).findFirst()
                    .orElse("http://127.0.0.1:" + StackPort.OTLP_GRPC.known());
            Map<String, String> variables = new LinkedHashMap<>();
            variables.put(Variables.ENABLE_TELEMETRY, "1");
            variables.put(Variables.OTLP_ENDPOINT, endpoint);
            variables.put(Variables.SERVICE_NAME, stack.environment.getOrDefault(Variables.SERVICE_NAME, "agentproxy"));
            variables.put(Variables.SERVICE_NAMESPACE, stack.environment.getOrDefault(Variables.SERVICE_NAMESPACE, "dev"));
            if (json) {
                stack.console.out(StatusView.text(variables));
            } else {
                variables.forEach((name, value) -> stack.console.out("export " + name + "=" + quoted(value)));
            }
            if (!StatusView.ready(statuses)) {
                progress.warn("the stack is not ready: stack up");
            }
            return ExitCode.OK;
        }
    }

    private static String quoted(String value) {
        return value.matches("[A-Za-z0-9_./:@%+=,-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
