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
 * The commands of {@code stack}. Reading a command's options from its class takes most of the time of a start, so only the class of the
 * typed command is read. Of the others only the name is known, and for the help the first line of the description.
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

    /** Adds the commands that these arguments need to the command line. */
    static void add(CommandLine stack, String... arguments) {
        // The value of an option before the command (--engine docker) is never the name of a command, so the first name is the command.
        Optional<String> named = Arrays.stream(arguments).filter(VERBS::containsKey).findFirst();
        for (Map.Entry<String, Supplier<Object>> verb : VERBS.entrySet()) {
            if (named.isEmpty() || named.get().equals(verb.getKey())) {
                stack.addSubcommand(verb.getKey(), named.isEmpty() ? announced(verb.getKey()) : verb.getValue().get());
            }
        }
        // The words after the service belong to the command in the container: stack exec grafana wget -q …
        named.filter("exec"::equals).ifPresent(exec -> stack.getSubcommands().get(exec).setStopAtPositional(true));
    }

    /** Adds all commands with their options, which takes time. */
    static void addAll(CommandLine stack) {
        VERBS.forEach((name, make) -> stack.addSubcommand(name, make.get()));
    }

    /** A command with only a name and a description: for help, and for "did you mean". */
    private static CommandSpec announced(String verb) {
        CommandSpec spec = CommandSpec.create().name(verb);
        spec.usageMessage().description(CLASSES.get(verb).getAnnotation(Command.class).description());
        return spec;
    }
}
