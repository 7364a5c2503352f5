package cli;

import console.Console;
import contract.ExitCode;
import display.SessionJson;
import display.SessionViews;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import journal.Sessions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code pa sessions}: the sessions of a working directory. */
@Command(name = "sessions", mixinStandardHelpOptions = true, description = "List the sessions of the working directory.")
final class SessionsCommand implements Callable<Integer> {
    @Option(names = {"-d", "--working-dir"}, paramLabel = "DIR", defaultValue = ".", description = "Whose sessions.")
    Path directory;

    @Option(names = "--json", description = "As JSON, for a script.")
    boolean json;

    @ParentCommand PaCommand pa;

    private final Console console;

    SessionsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        pa.refuseTaskBeside("sessions");
        return list(directory, json);
    }

    int list(Path where, boolean asJson) {
        Sessions sessions = new Sessions(where.toAbsolutePath().normalize());
        if (asJson) {
            new SessionJson(console).list(sessions.list());
        } else {
            new SessionViews(console).list(sessions.list());
        }
        return ExitCode.OK;
    }
}
