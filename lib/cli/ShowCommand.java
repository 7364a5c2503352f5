package cli;

import cli.run.StateOption;
import console.Console;
import console.Pager;
import contract.ExitCode;
import contract.TraceLink;
import display.RoundView;
import display.SessionJson;
import display.SessionViews;
import java.nio.file.Path;
import java.util.Optional;
import journal.JournalReader;
import journal.SessionSummary;
import journal.Sessions;
import journal.StateHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pa show [ID]}: a session as a tree. */
@Command(name = "show", mixinStandardHelpOptions = true,
        description = "Show a session as a tree: rounds, checks, decisions, tokens, cost and its trace.")
final class ShowCommand extends Verb {
    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "The session, or an unambiguous part of its id "
            + "(default: the newest).")
    Optional<String> id;

    @Option(names = {"-d", "--working-dir"}, paramLabel = "DIR", defaultValue = ".", description = "The project's folder.")
    Path directory;

    @Mixin StateOption state = new StateOption();

    @Option(names = "--round", paramLabel = "N", description = "Show one round in full: its instruction, the output of its check, "
            + "the decision.")
    Optional<Integer> round;

    @Option(names = "--json", description = "Print JSON with all events, for a script.")
    boolean json;

    @Override
    int run() {
        Sessions sessions = new Sessions(StateHome.of(state.in(environment, console)), directory.toAbsolutePath().normalize());
        SessionSummary session = sessions.find(id);
        JournalReader.Contents contents = sessions.read(session);
        if (json) {
            new SessionJson(console).show(session, contents);
        } else {
            Pager.show(console, environment, to -> print(to, session, contents));
        }
        return ExitCode.OK;
    }

    private void print(Console to, SessionSummary session, JournalReader.Contents contents) {
        if (round.isPresent()) {
            RoundView.show(to, contents.entries(), round.get());
        } else {
            new SessionViews(to).show(session, contents,
                    session.traceId().flatMap(trace -> TraceLink.of(trace, environment)));
        }
    }
}
