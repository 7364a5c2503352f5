package cli;

import cli.run.StateOption;
import contract.ExitCode;
import contract.Failure;
import display.SessionJson;
import display.SessionViews;
import java.nio.file.Path;
import java.util.Optional;
import journal.Sessions;
import journal.StateHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pa sessions}: the sessions of a working directory, or all of them. */
@Command(name = "sessions", mixinStandardHelpOptions = true, description = "List the sessions of the working directory.",
        subcommands = SessionsRemoveCommand.class)
final class SessionsCommand extends Verb {
    /** Nobody reads a longer list, and each session costs the reading of a journal. */
    private static final int NEWEST = 50;

    @Option(names = {"-d", "--working-dir"}, paramLabel = "DIR", defaultValue = ".", description = "The project's folder.")
    Path directory;

    @Option(names = "--all", description = "List the sessions of all working directories.")
    boolean all;

    @Mixin StateOption state = new StateOption();

    @Option(names = "--limit", paramLabel = "N", description = "List the newest N; 0 for all (default: 50, all with --json).")
    Optional<Integer> limit = Optional.empty();

    @Option(names = "--json", description = "Print JSON, for a script.")
    boolean json;

    @Override
    int run() {
        limit.filter(n -> n < 0).ifPresent(n -> {
            throw Failure.usage("--limit takes a number of sessions, not " + n, "0 lists all");
        });
        return list(directory, state, all, json);
    }

    int list(Path where, StateOption place, boolean everywhere, boolean asJson) {
        int most = limit.filter(n -> n > 0).orElse(limit.isPresent() || asJson ? Integer.MAX_VALUE : NEWEST);
        Sessions sessions = new Sessions(StateHome.of(place.in(environment, console)), where.toAbsolutePath().normalize());
        Sessions.Page found = everywhere ? sessions.newestOfAll(most) : sessions.newest(most);
        if (asJson) {
            new SessionJson(console).list(found.newest());
        } else {
            new SessionViews(console).list(found.newest(), everywhere, found.more());
        }
        return ExitCode.OK;
    }
}
