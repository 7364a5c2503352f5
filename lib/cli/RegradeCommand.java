package cli;

import agent.Reasoner;
import agent.Task;
import agent.loop.History;
import cli.run.EnvironmentFile;
import cli.run.EvidenceOptions;
import cli.run.StateOption;
import contract.Failure;
import contract.StateFolders;
import functions.tree.TreeStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import journal.SessionFolder;
import journal.SessionSummary;
import journal.Sessions;
import journal.StateHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import process.CommandWords;
import verdict.JudgeOptions;
import verdict.SessionVerifier;

/** {@code pa regrade ID}: judges an ended session again, for instance with another check. */
@Command(name = "regrade", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = "Judge an ended session again, for instance with another check. Its first and its last files are checked in a "
                + "copy. The folder's present content is neither judged nor changed, and the session stays unchanged.",
        footerHeading = "%nExit codes:%n", footer = {"  0 evidence is enough, 1 error, 2 usage, 6 the check fails,",
            "  10 no check fails, but the evidence is not enough"})
final class RegradeCommand extends Verb {
    private static final String VERIFY = "--verify=";

    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "The session, or an unambiguous part of its id "
            + "(default: the newest).")
    Optional<String> id;

    @Option(names = {"-d", "--working-dir"}, paramLabel = "DIR", defaultValue = ".", description = "The project; its new folder if it "
            + "was moved.")
    Path directory;

    @Option(names = "--verify", paramLabel = "CMD", description = "The check's command (default: the session's; if it "
            + "had none, the check of the project as it was).")
    Optional<String> verify;

    @Mixin ProofOptions proof;

    @Mixin ReviewOptions review;

    @Option(names = "--telemetry", negatable = true, description = "Send spans, metrics and logs over OTLP (default: "
            + "AGENTPROXY_ENABLE_TELEMETRY).")
    Optional<Boolean> telemetry;

    @Mixin StateOption state = new StateOption();

    @Option(names = "--json", description = "Print JSON, for a script.")
    boolean json;

    @Mixin EvidenceOptions evidence;

    @Override
    int run() {
        evidence.wanted();
        Map<String, String> kept = state.in(environment, console);
        StateHome home = StateHome.of(kept);
        Sessions sessions = new Sessions(home, directory.toAbsolutePath().normalize());
        SessionSummary session = sessions.find(id);
        Path place = place(session);
        EnvironmentFile.Merged merged = EnvironmentFile.read(place, kept);
        try (SessionFolder held = sessions.hold(session)) {
            History history = new History();
            sessions.read(session).entries().forEach(entry -> history.on(entry.event()));
            Optional<List<String>> check = verify.or(() -> typed(history)).map(CommandWords::split);
            SessionVerifier.Past past = new SessionVerifier.Past(place, new TreeStore(sessions.projectOf(session).tree(),
                    held.path().resolve("tree"), List.of(home.folder(), StateFolders.data(environment))),
                    history.baseState(), history.state());
            JudgeOptions options = proof.options(check, evidence);
            Optional<Reasoner> reviewer = review.of(place, merged.environment());
            merged.notes().forEach(note -> console.note("pa: " + note));
            return new VerdictRun(console, merged.environment(), evidence, telemetry, json).of((bounds, begun) -> new SessionVerifier(
                    home.folder().resolve("copies"), merged.environment(), options).verify(past, bounds, begun), place, reviewer,
                    history.task().map(Task::text));
        } catch (Failure e) {
            throw ReviewOptions.asError(e);
        }
    }

    /** The working directory, to find files that git ignores and to set paths in the check's environment. */
    private Path place(SessionSummary session) {
        boolean named = spec.commandLine().getParseResult().hasMatchedOption("--working-dir");
        return session.directory().filter(Files::isDirectory).or(() -> Optional.of(directory).filter(d -> named && Files.isDirectory(d)))
                .orElseThrow(() -> Failure.usage("the working directory of session " + session.id() + " is gone"
                        + session.directory().map(d -> ": " + d).orElse(""), "if the project was moved, name its new folder with -d DIR"));
    }

    private static Optional<String> typed(History history) {
        return history.settings().stream().filter(word -> word.startsWith(VERIFY)).map(word -> word.substring(VERIFY.length()))
                .reduce((one, other) -> other);
    }
}
