package gate;

import agent.Bounds;
import agent.Evidence;
import agent.Interruption;
import agent.Limits;
import agent.Outcome;
import agent.Reasoner;
import agent.Reasoning;
import agent.Reports;
import agent.RoundEnvironment;
import agent.RunEvent;
import agent.RunListener;
import agent.Situation;
import agent.Task;
import agent.WorkerReport;
import agent.decision.Decision;
import agent.loop.FakeWorker;
import agent.loop.Fakes;
import agent.loop.History;
import agent.loop.Supervisor;
import functions.DefaultFunctions;
import functions.Options;
import functions.tree.ShadowTree;
import functions.tree.TreeStore;
import functions.tree.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import journal.Journal;
import journal.Project;
import journal.SessionFolder;
import journal.StateHome;
import reasoning.RulesReasoner;
import verdict.JudgeOptions;
import verdict.RunJudge;

/** Runs a case through the real loop, functions and verdict. The worker and the model are stand-ins. */
final class GateTrial {
    private static final String SESSION = "20260101-000000-gate";

    private GateTrial() {}

    /**
     * How the run ended.
     *
     * @param session the folder in which its journal is, {@code repository} that of the states that it saw
     */
    record Ending(Outcome outcome, Optional<Evidence> evidence, Path session, Path repository) {
        String text() {
            return outcome.status().value() + " " + evidence.map(e -> e.level().value() + " (" + e.sentence() + ") "
                    + e.suspicions() + " " + e.notes()).orElse("") + " " + outcome.reason();
        }
    }

    /** @param believing whether a stand-in for a model decides that believes every claim; else the rules do */
    static Ending run(GateCase gate, boolean believing, Path folder) throws IOException {
        Path directory = Files.createDirectories(folder.toRealPath().resolve("work"));
        gate.lay(directory);
        settle(directory);
        Map<String, String> environment = environment(folder);
        Interruption interruption = new Interruption();
        Project project = new StateHome(folder.resolve("state")).project(directory);
        SessionFolder held = SessionFolder.hold(project, SESSION);
        ShadowTree tree = new ShadowTree(new Workspace(directory), new TreeStore(project.tree(), held.path().resolve("tree"), List.of()),
                environment, interruption);
        RunJudge judge = new RunJudge(tree, folder.resolve("copies"), environment,
                new JudgeOptions(Optional.empty(), false, Set.of(), Duration.ofMinutes(2)));
        DefaultFunctions functions = new DefaultFunctions(new Workspace(directory), tree,
                Options.defaults(environment).withOldCheck(judge), List.of());
        judge.newChecksFrom(functions::newCheck);
        Limits limits = new Limits(6, Optional.empty(), Optional.empty(), Duration.ofMinutes(5), Duration.ofMinutes(5),
                OptionalInt.empty());
        Task task = new Task(SESSION, gate.task(), directory, List.of(), List.of());
        History history = new History();
        List<Evidence> evidence = new ArrayList<>();
        RunListener listener = event -> {
            if (event instanceof RunEvent.Judged judged) {
                evidence.add(judged.evidence());
            }
        };
        try (held; Journal journal = Journal.open(held, Clock.systemUTC())) {
            Outcome outcome = new Supervisor(Fakes.supervision(task, limits, true, false, Optional.empty()),
                    believing ? new Believing() : new RulesReasoner(), new Hand(gate, directory), functions,
                            tree, judge, history,
                    List.of(journal, listener), interruption, RoundEnvironment.NONE).run();
            return new Ending(outcome, evidence.isEmpty() ? Optional.empty() : Optional.of(evidence.get(evidence.size() - 1)),
                    held.path(), project.tree());
        }
    }

    /** Waits until a file that is written now is younger than those that were laid: a file system's clock has steps. */
    private static void settle(Path directory) throws IOException {
        long laid = System.currentTimeMillis();
        Path probe = Files.createTempFile(directory.getParent(), "probe", "");
        while (Files.getLastModifiedTime(probe).toMillis() <= laid + 50) {
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            Files.writeString(probe, "x");
        }
        Files.delete(probe);
    }

    static Map<String, String> environment(Path home) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", home.toString());
        for (String name : List.of("PYENV_ROOT", "GOROOT", "GOCACHE", "GOPATH", "JAVA_HOME", "CARGO_HOME", "RUSTUP_HOME")) {
            Optional.ofNullable(System.getenv(name)).ifPresent(value -> environment.put(name, value));
        }
        // Tools that are installed for this user, found although HOME is another.
        Path own = Path.of(System.getProperty("user.home"));
        Map.of("CARGO_HOME", ".cargo", "RUSTUP_HOME", ".rustup").forEach((name, in) -> {
            if (Files.isDirectory(own.resolve(in))) {
                environment.putIfAbsent(name, own.resolve(in).toString());
            }
        });
        environment.put("MAVEN_OPTS", "-Duser.home=" + own);
        environment.putIfAbsent("GOCACHE", Path.of(System.getProperty("java.io.tmpdir"), "agentproxy-gate-go").toString());
        return environment;
    }

    /** A stand-in for a worker: does in the first round what the case says, and nothing in the others. */
    private static final class Hand extends FakeWorker {
        private final GateCase gate;
        private final Path directory;

        Hand(GateCase gate, Path directory) {
            this.gate = gate;
            this.directory = directory;
        }

        @Override
        protected WorkerReport round(Map<String, String> env, Bounds bounds, RunListener listener) {
            try {
                if (told.size() == 1) {
                    gate.work(directory);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Reports.builder().text("Done, all tests pass.").exitCode(OptionalInt.of(0))
                    .subtype(Optional.of("success")).turns(1).build();
        }
    }

    /** A stand-in for a model that believes every claim, and names every suspicion that it is shown. */
    private static final class Believing implements Reasoner {
        private static final Pattern SUSPICION = Pattern.compile("(?m)^- (.+)$");

        @Override
        public String name() {
            return "believing";
        }

        @Override
        public boolean reviews() {
            return true;
        }

        @Override
        public void selfCheck(Bounds bounds, RunListener listener) {}

        @Override
        public Reasoning decide(Situation situation, Bounds bounds, RunListener listener) {
            List<String> named = new ArrayList<>();
            Matcher matcher = SUSPICION.matcher(situation.review());
            while (matcher.find()) {
                named.add(matcher.group(1) + " is right as it is");
            }
            return Reasoning.of(new Decision.MarkDone("The worker says that it is done.", named), "");
        }
    }
}
