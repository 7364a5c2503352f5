package cli;

import console.Console;
import contract.ExitCode;
import display.SessionJson;
import display.SessionViews;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import journal.SessionSummary;
import journal.Sessions;
import journal.StateHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code pa sessions}: the sessions of a working directory, or all of them. */
@Command(name = "sessions", mixinStandardHelpOptions = true, description = "List the sessions of the working directory.",
        subcommands = SessionsRemoveCommand.class)
final class SessionsCommand implements Callable<Integer> {
    @Option(names = {"-d", "--working-dir"}, paramLabel = "DIR", defaultValue = ".", description = "Whose sessions.")
    Path directory;

    @Option(names = "--all", description = "Those of all working directories.")
    boolean all;

    @Mixin StateOption state = new StateOption();

    @Option(names = "--json", description = "As JSON, for a script.")
    boolean json;

    @ParentCommand PaCommand pa;

    private final Console console;
    private final Map<String, String> environment;

    SessionsCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        pa.refuseTaskBeside("sessions");
        return list(directory, state, all, json);
    }

    int list(Path where, StateOption place, boolean everywhere, boolean asJson) {
        Sessions sessions = new Sessions(StateHome.of(place.in(environment, console)), where.toAbsolutePath().normalize());
        List<SessionSummary> found = everywhere ? sessions.all() : sessions.list();
        if (asJson) {
            new SessionJson(console).list(found);
        } else {
            new SessionViews(console).list(found, everywhere);
        }
        return ExitCode.OK;
    }
}
