package cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Worker;
import contract.Failure;
import contract.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import reasoning.ReasonerKind;
import reasoning.ReasonerSetup;
import runner.Repository;
import workers.WorkerKind;
import workers.WorkerLimits;
import workers.WorkerSetup;

/** What is registered: one word each, which is also the label in telemetry. */
class RegistriesTest {
    private static final Path HERE = Path.of("").toAbsolutePath();

    @Test
    void aWorkerIsCalledAsItsKind() {
        for (WorkerKind kind : Workers.ALL) {
            Worker worker = kind.making().apply(new WorkerSetup(HERE, Map.of(), new WorkerLimits(Duration.ofMinutes(1),
                    Duration.ofMinutes(1)),
                    Optional.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty())).worker();
            assertEquals(kind.name(), worker.name(), "a run with --worker " + kind.name() + " says that its worker is another");
        }
    }

    /** Made with a model and something for each secret that it names; one that needs more says so as a failed self-check. */
    @Test
    void aReasonerIsCalledAsItsKind() {
        List<String> compared = new ArrayList<>();
        for (ReasonerKind kind : Reasoners.ALL) {
            Map<String, String> environment = new HashMap<>();
            kind.secrets().forEach(name -> environment.put(name, "key-of-a-test"));
            try {
                assertEquals(kind.name(), kind.making().apply(new ReasonerSetup(HERE, environment, Optional.of("a-model"))).name());
                compared.add(kind.name());
            } catch (Failure needsMore) {
                assertEquals(Status.FAILED_SELF_CHECK.exitCode(), needsMore.exitCode(), kind.name() + ": " + needsMore.getMessage());
            }
        }
        assertTrue(compared.containsAll(List.of("gemini", "openai", "claude", "rules")), compared::toString);
    }

    /** The README is where people look for what they can choose. */
    @Test
    void theReadmeNamesEveryReasonerAndWorker() throws IOException {
        String readme = Files.readString(Repository.root().resolve("README.md"));
        List<String> missing = new ArrayList<>();
        Reasoners.ALL.stream().filter(kind -> !kind.name().equals(Reasoners.DEFAULT)).map(kind -> "--reasoner " + kind.name())
                .forEach(missing::add);
        Workers.ALL.stream().filter(kind -> !kind.name().equals(Workers.DEFAULT)).map(kind -> "--worker " + kind.name())
                .forEach(missing::add);
        missing.removeIf(words -> readme.contains("| `" + words + "` |"));
        assertEquals(List.of(), missing, "the README has no line for these in the table of its third step");
    }

    @Test
    void everyWordIsThereOnce() {
        for (List<String> words : List.of(Workers.ALL.stream().map(WorkerKind::name).toList(),
                Reasoners.ALL.stream().map(ReasonerKind::name).toList())) {
            assertEquals(words.stream().distinct().toList(), words);
        }
    }
}
