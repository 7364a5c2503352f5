package stackcli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The verbs of {@code stack}. Reading a verb's options from its class is most of what a start costs, so only the verb that a
 * command line names is read; of the others nothing but the name, and for help the first line.
 */
final class Subcommands {
    private static final Map<String, Supplier<Object>> VERBS = new LinkedHashMap<>();
    private static final Map<String, Class<?>> CLASSES = new LinkedHashMap<>();

    static {
        verb("up", UpCommand.class, UpCommand::new);
        verb("down", DownCommand.class, DownCommand::new);
        verb("status", StatusCommand.class, StatusCommand::new);
        verb("logs", LogsCommand.class, LogsCommand::new);
        verb("restart", RestartCommand.class, RestartCommand::new);
        verb("exec", ExecCommand.class, ExecCommand::new);
        verb("open", OpenCommand.class, OpenCommand::new);
        verb("env", EnvCommand.class, EnvCommand::new);
        verb("doctor", DoctorCommand.class, DoctorCommand::new);
        verb("config", ConfigCommand.class, ConfigCommand::new);
        verb("dashboards", DashboardsCommand.class, DashboardsCommand::new);
        verb("export", HandoverCommand.class, HandoverCommand::new);
        verb("provision", ProvisionCommand.class, ProvisionCommand::new);
        verb("completion", CompletionCommand.class, CompletionCommand::new);
    }

    private Subcommands() {}

    private static void verb(String name, Class<?> type, Supplier<Object> make) {
        VERBS.put(name, make);
        CLASSES.put(name, type);
    }

    /** Makes the command line know its verbs, as far as these arguments need them. */
    static void add(CommandLine stack, String... arguments) {
        // The values of the options before a verb (--engine docker) are no verbs, so the first that is one is the one.
        Optional<String> named = Arrays.stream(arguments).filter(VERBS::containsKey).findFirst();
        for (Map.Entry<String, Supplier<Object>> verb : VERBS.entrySet()) {
            if (named.isEmpty() || named.get().equals(verb.getKey())) {
                stack.addSubcommand(verb.getKey(), named.isEmpty() ? announced(verb.getKey()) : verb.getValue().get());
            }
        }
        // What follows the service belongs to the command that is run there: stack exec grafana wget -q …
        named.filter("exec"::equals).ifPresent(exec -> stack.getSubcommands().get(exec).setStopAtPositional(true));
    }

    /** Makes the command line know all verbs with their options, which takes its time. */
    static void addAll(CommandLine stack) {
        VERBS.forEach((name, make) -> stack.addSubcommand(name, make.get()));
    }

    /** A verb by name and description alone: for help, and for "did you mean". */
    private static CommandSpec announced(String verb) {
        CommandSpec spec = CommandSpec.create().name(verb);
        spec.usageMessage().description(CLASSES.get(verb).getAnnotation(Command.class).description());
        return spec;
    }
}
