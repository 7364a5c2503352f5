package gate;

import contract.Status;
import e2e.RehearsedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import journal.StateHome;
import rehearsal.RandomScript;
import runner.Figures;

/**
 * Random runs that the referee judges once more: rehearsals of random scripts, and cases of the gate with a random one of the
 * two judges. The same seed ({@code -Dseed=}), the same runs.
 */
final class RefereeRuns {
    private static final int COMPLETED = 100;
    private static final int MOST_ROUNDS = 6;

    private final Random random;
    private final List<GateCase> cases;

    RefereeRuns(long seed, List<GateCase> cases) {
        this.random = new Random(seed);
        this.cases = cases;
    }

    /** What a run was, and what the referee says of it; no ruling for one that did not end {@code completed}. */
    record Refereed(String name, Optional<Referee.Ruling> ruling) {}

    Refereed rehearsal(Path folder) throws IOException, InterruptedException {
        long seed = random.nextInt(1_000_000);
        int rounds = 1 + random.nextInt(MOST_ROUNDS);
        Path directory = Files.createDirectories(folder.toRealPath().resolve("work"));
        if (random.nextBoolean()) {
            Files.writeString(directory.resolve("notes.txt"), "there before\n");
        }
        Map<String, String> users = new TreeMap<>(Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString(), "XDG_STATE_HOME",
                folder.resolve("state").toString()));
        RehearsedRun.Result result = RehearsedRun.run(directory, RandomScript.of(seed, rounds), 30, users);
        Path project = StateHome.of(users).project(directory).folder();
        String name = "rehearsal " + seed + " of " + rounds + " rounds";
        return result.outcome().status() != Status.COMPLETED ? new Refereed(name, Optional.empty())
                : new Refereed(name, Optional.of(Referee.rule(project.resolve("sessions").resolve(result.session()),
                        project.resolve("tree"),
                        Files.createDirectory(folder.resolve("referee")), directory, users)));
    }

    Refereed gate(Path folder) throws IOException, InterruptedException {
        return gate(cases.get(random.nextInt(cases.size())), random.nextBoolean(), folder);
    }

    static Refereed gate(GateCase gate, boolean believing, Path folder) throws IOException, InterruptedException {
        GateTrial.Ending ending = GateTrial.run(gate, believing, folder);
        String name = gate.name() + (believing ? " with the model" : " with rules");
        return ending.outcome().status() != Status.COMPLETED ? new Refereed(name, Optional.empty())
                : new Refereed(name, Optional.of(Referee.rule(ending.session(), ending.repository(),
                        Files.createDirectory(folder.resolve("referee")),
                        folder.toRealPath().resolve("work"), GateTrial.environment(folder))));
    }

    /** Prints how many of a hundred completed runs the referee gives the same level. */
    static void bench(Figures figures) throws IOException {
        long seed = Long.getLong("seed", 20261126);
        List<GateCase> possible = GateCase.all().stream().filter(GateCase::possible)
                // Its tests stand inside of the sources, which the referee cannot part.
                .filter(each -> !each.name().endsWith("-rust")).collect(Collectors.toList());
        RefereeRuns runs = new RefereeRuns(seed, possible);
        figures.table("Referee: " + COMPLETED + " completed runs (-Dseed=" + seed + "), judged once more from journal and states");
        int completed = 0;
        int equal = 0;
        int all = 0;
        Map<String, Integer> levels = new TreeMap<>();
        try {
            while (completed < COMPLETED) {
                Path folder = Files.createTempDirectory("referee");
                Refereed run = all++ % 3 == 0 ? runs.rehearsal(folder) : runs.gate(folder);
                if (run.ruling().isEmpty()) {
                    continue;
                }
                completed++;
                Referee.Ruling ruling = run.ruling().get();
                levels.merge(ruling.claimed(), 1, Integer::sum);
                equal += ruling.agrees() ? 1 : 0;
                System.err.println("  " + completed + " " + run.name() + ": " + (ruling.agrees() ? ruling.claimed() : ruling));
                if (!ruling.agrees()) {
                    figures.note(run.name() + ": " + ruling);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        figures.row("levels that the runs ended with", levels.toString(), "");
        figures.row("levels that the referee finds too", Integer.toString(equal), Integer.toString(COMPLETED));
    }
}
