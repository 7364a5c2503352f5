package claude;

import static claude.FakeClaude.answered;
import static claude.FakeClaude.failed;
import static claude.FakeClaude.init;
import static claude.FakeClaude.instruction;
import static claude.FakeClaude.message;
import static claude.FakeClaude.print;
import static claude.FakeClaude.result;
import static claude.FakeClaude.resumed;
import static claude.FakeClaude.says;
import static claude.FakeClaude.success;
import static claude.FakeClaude.uses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Events;
import agent.Interruption;
import agent.RunEvent;
import agent.RunListener;
import agent.TokenUsage;
import agent.ToolAction;
import agent.Usd;
import agent.WorkerReport;
import claude.FakeClaude.Recorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import workers.ToolActions;

/** A round of Claude Code: its instruction, its events, its cost, its end. */
class ClaudeWorkerTest extends ClaudeWorkerLab {
    @Test
    void aCleanRoundIsReportedEventByEvent() throws IOException {
        Recorder events = new Recorder();
        WorkerReport report = fake.work(print(init(), says("I write it."),
                uses("t1", "Write", "{\"file_path\":\"" + fake.directory + "/src/a.txt\",\"content\":\"secret\"}"),
                answered("t1", false), says("Done."), success("0.25")), events);

        assertTrue(report.clean(), () -> report.error().toString());
        assertEquals("All done.", report.text());
        assertEquals(Optional.of(FakeClaude.SESSION), report.conversation());
        assertEquals(OptionalInt.of(0), report.ending().exitCode());
        assertEquals(new TokenUsage(300, 80, 40, 60, 9), report.effort().usage());
        assertEquals(Optional.of(Usd.of("0.25")), report.effort().cost());
        assertEquals(Optional.of("claude-x"), report.agent().model());
        assertEquals(Optional.of("2.1.330"), report.agent().version());
        assertEquals(2, report.effort().turns());
        assertEquals(Duration.ofMillis(5), report.effort().apiTime());
        assertEquals(List.of("WorkerSpawned", "ConversationKnown", "WorkerNotice", "WorkerUsed", "WorkerSaid", "WorkerUsed",
                "ToolStarted", "ToolEnded", "WorkerUsed", "WorkerSaid"),
                events.events.stream().map(e -> e.getClass().getSimpleName()).toList());
        assertEquals(new RunEvent.ToolStarted("t1", "Write", "src/a.txt", "", Optional.empty(),
                new ToolAction(ToolAction.Kind.EDIT, "")), events.of(RunEvent.ToolStarted.class).get(0));
        assertEquals("fake claude", events.of(RunEvent.WorkerSpawned.class).get(0).executable());
    }

    @Test
    void aCommandIsToldWithoutItsSecretsAndItsFailureWithTheReason() throws IOException {
        Recorder events = new Recorder();
        fake.work(print(init(), uses("t1", "Bash", "{\"command\":\"API_KEY=canary-1 make test --token canary-2\"}"),
                failed("t1", "\"Exit code 2\\nFAIL: adds\\nexpected 2, got 3\\n\""),
                uses("t2", "Bash", "{\"command\":\"rm -rf build\"}"),
                failed("t2", "[{\"type\":\"text\",\"text\":\"This command requires approval\"}]"),
                uses("t3", "Read", "{\"file_path\":\"" + fake.directory + "/big.txt\"}"),
                failed("t3", "\"" + "x\\u00e9".repeat(1 << 20) + "\""), says("Done."), success("0.25")), events);

        List<RunEvent.ToolStarted> started = events.of(RunEvent.ToolStarted.class);
        assertEquals("API_KEY=[redacted] make test --token [redacted]", started.get(0).input());
        assertEquals("make", started.get(0).detail());
        assertEquals(List.of("", "exit 2: expected 2, got 3", "", "This command requires approval"),
                events.of(RunEvent.ToolEnded.class).stream().limit(2).flatMap(e -> java.util.stream.Stream.of("", e.reason()))
                        .toList());
        assertTrue(events.of(RunEvent.ToolEnded.class).get(2).reason().startsWith("x\u00e9x"), "a long answer is cut, not lost");
    }

    @Test
    void theInstructionGoesInOnStandardInputAndNowhereElse() throws IOException {
        String text = "fix it; $HOME `x` \"q\"\nsecond line ü " + "x".repeat(1 << 20);
        fake.script("cat > \"$HOME/stdin\"; printf '%s\\n' \"$@\" > \"$HOME/arguments\"\n" + print(init(), success("0.1")));
        ClaudeWorker worker = new ClaudeWorker(fake.setup(FakeClaude.PATIENT).maxTurns(7).options());
        worker.work(new agent.Instruction(text, Optional.of("abc"), Optional.of(Usd.of("0.123456"))), worker.environment(),
                Bounds.none(), RunListener.NONE);

        assertEquals(text, Files.readString(fake.folder.resolve("stdin")));
        assertEquals(List.of("-p", "--output-format", "stream-json", "--verbose", "--permission-mode", "acceptEdits",
                "--max-turns", "7", "--max-budget-usd", "0.1234", "--resume", "abc"),
                Files.readAllLines(fake.folder.resolve("arguments")));
    }

    @Test
    void exactlyTheCheckIsAllowed() throws IOException {
        for (String check : List.of("make test", "python3 -m pytest -k 'a, \"b\" (c)'", "make *", "two\nlines")) {
            fake.script("cat > /dev/null; printf '%s\\n' \"$@\" > \"$HOME/arguments\"\n" + print(init(), success("0.1")));
            ClaudeWorker worker = new ClaudeWorker(fake.setup(FakeClaude.PATIENT).allowing(check).options());
            worker.work(new agent.Instruction("x", Optional.empty(), Optional.empty()), worker.environment(), Bounds.none(),
                    RunListener.NONE);
            List<String> arguments = Files.readAllLines(fake.folder.resolve("arguments"));
            int settings = arguments.indexOf("--settings");
            if (check.contains("*") || check.contains("\n")) {
                assertEquals(-1, settings, "a rule that would be a pattern is not given: " + check);
            } else {
                assertEquals("{\"permissions\":{\"allow\":[\"Bash(" + check.replace("\"", "\\\"") + ")\"]}}",
                        arguments.get(settings + 1));
            }
        }
    }

    /** Defect 7 of the original: a tool counted as successful when it was asked for. */
    @Test
    void aSubAgentsToolsNameTheCallThatStartedIt_andEndBeforeIt() throws IOException {
        String inner = uses("t2", "Bash", "{\"command\":\"ls\"}").replace("\"parent_tool_use_id\":null",
                "\"parent_tool_use_id\":\"t1\"");
        Recorder events = new Recorder();
        fake.work(print(init(), uses("t1", "Agent", "{\"subagent_type\":\"general-purpose\"}"), inner, success("0.1")), events);
        assertEquals(List.of(Events.toolStarted("t1", "Agent", "general-purpose"),
                new RunEvent.ToolStarted("t2", "Bash", "ls", "ls", Optional.of("t1"), ToolActions.ofCommand("ls"))),
                events.of(RunEvent.ToolStarted.class));
        assertEquals(List.of("t2", "t1"), events.of(RunEvent.ToolEnded.class).stream().map(RunEvent.ToolEnded::id).toList());
    }

    @Test
    void aToolIsGoodOrBadByItsResult() throws IOException {
        Recorder events = new Recorder();
        fake.work(print(init(), uses("t1", "Bash", "{\"command\":\"make\"}"), uses("t2", "Write", "{}"),
                answered("t2", false), answered("t1", true), uses("t3", "Read", "{}"), success("0.1")), events);
        List<RunEvent.ToolEnded> ended = events.of(RunEvent.ToolEnded.class);
        assertEquals(List.of("t2 true false", "t1 false false", "t3 false true"),
                ended.stream().map(t -> t.id() + " " + t.success() + " " + t.interrupted()).toList());
    }

    /** Defect 8: the whole shell command was a label, secrets included. */
    @Test
    void ofACommandOnlyTheProgramIsTold() throws IOException {
        Recorder events = new Recorder();
        fake.work(print(init(), uses("t1", "Bash",
                "{\"command\":\"API_KEY=canary-1 ./run.sh canary-2\",\"description\":\"canary-3\"}"),
                answered("t1", false), success("0.1")), events);
        RunEvent.ToolStarted told = events.of(RunEvent.ToolStarted.class).get(0);
        assertEquals("run.sh", told.detail());
        assertFalse(events.events.toString().contains("canary-1") || events.events.toString().contains("canary-3"));
        assertEquals("API_KEY=[redacted] ./run.sh canary-2", told.input(), "for the user's own eyes");
    }

    /** Defect 13: cost, usage and turns of the worker were ignored. Usage is on each line of a message, and counts once. */
    @Test
    void usageIsCountedOncePerMessageWhereNoResultTellsIt() throws IOException {
        String block = "{\"type\":\"text\",\"text\":\"x\"}";
        Recorder events = new Recorder();
        WorkerReport report = fake.work(print(init(), message("m1", block), message("m1", block), message("m2", block)), events);
        assertEquals(new TokenUsage(300, 14, 40, 60, 0), report.effort().usage());
        assertEquals(List.of(new TokenUsage(150, 7, 20, 30, 0), new TokenUsage(300, 14, 40, 60, 0)),
                events.of(RunEvent.WorkerUsed.class).stream().map(RunEvent.WorkerUsed::usage).toList(), "told while it goes on");
        assertEquals(Optional.empty(), report.effort().cost(), "not known, and not 0");
    }

    @Test
    void usagePerModelIsPreferredAndCountsSubAgents() throws IOException {
        WorkerReport report = fake.work(print(init(), result("success", false, "0.1", ",\"model_usage_since_last_result\":{"
                + "\"big\":{\"inputTokens\":1,\"outputTokens\":2,\"cacheReadInputTokens\":3,\"cacheCreationInputTokens\":4,"
                + "\"thinkingTokens\":1},\"small\":{\"inputTokens\":10,\"outputTokens\":20}}")), RunListener.NONE);
        assertEquals(new TokenUsage(18, 22, 3, 4, 1), report.effort().usage());
    }

    /** Defect 14: each round was a new conversation. Costs are totals of the conversation; a round is the difference. */
    @Test
    void aResumedConversationIsBookedAsTheDifference() throws IOException {
        fake.script("n=$(cat \"$HOME/n\" 2>/dev/null || echo 0); n=$((n+1)); echo $n > \"$HOME/n\"\n"
                + "case $n in 1) cost=0.1;; 2) cost=0.35;; 3) kill -9 $$;; 4) cost=0.9;; 5) cost=0.2;; 6) cost=0.25;; esac\n"
                + "echo '" + init() + "'\necho '" + success("'$cost'") + "'");
        ClaudeWorker worker = new ClaudeWorker(fake.options(FakeClaude.PATIENT));
        assertEquals(List.of("0.1", "0.25", "unknown", "0.55", "0.2", "0.05"), List.of(round(worker), round(worker),
                round(worker), round(worker), round(worker), round(worker)));
    }

    @Test
    void anEarlierRunsRoundsAreRecalled() throws IOException {
        fake.script("echo '" + init() + "'\necho '" + success("0.9") + "'");
        WorkerReport earlier = new ClaudeWorker(fake.options(FakeClaude.PATIENT)).work(instruction("x"), Map.of(),
                Bounds.none(), RunListener.NONE);
        assertEquals(Usd.of("0.9"), earlier.effort().cost().orElseThrow());

        ClaudeWorker worker = new ClaudeWorker(fake.options(FakeClaude.PATIENT));
        worker.recall(new RunEvent.WorkerEnded(1, earlier, Duration.ZERO));
        fake.script("echo '" + init() + "'\necho '" + success("1.1") + "'");
        assertEquals("0.2", round(worker));
    }

    @Test
    void olderVersionsTellEachCallAlone() throws IOException {
        fake.script("echo '" + init().replace("2.1.330", "2.1.276") + "'\necho '" + success("0.3") + "'");
        ClaudeWorker worker = new ClaudeWorker(fake.options(FakeClaude.PATIENT));
        assertEquals(List.of("0.3", "0.3"), List.of(round(worker), round(worker)));
    }

    @Test
    void aConversationThatIsGoneIsBegunAnewOnceAndSaid() throws IOException {
        fake.script("case \" $* \" in *' --resume '*) echo run >> \"$HOME/runs\"\n"
                + print(result("error_during_execution", true, "0",
                        ",\"errors\":[\"No conversation found with session ID: x\"]")
                        .replace("\"num_turns\":2", "\"num_turns\":0"))
                + "echo 'No conversation found with session ID: x' >&2; exit 1;; esac\ncat > \"$HOME/stdin\"\n"
                + print(init(), success("0.1")));
        Recorder events = new Recorder();
        ClaudeWorker worker = new ClaudeWorker(fake.options(FakeClaude.PATIENT));
        WorkerReport report = worker.work(resumed("the test fails", "x"), worker.environment(), Bounds.none(), events);

        assertTrue(report.clean());
        assertEquals(Optional.of(FakeClaude.SESSION), report.conversation());
        assertEquals(1, Files.readAllLines(fake.folder.resolve("runs")).size());
        assertEquals(1, events.notices("conversation").size());
        String told = Files.readString(fake.folder.resolve("stdin"));
        assertTrue(told.endsWith("the test fails") && told.contains("could not be resumed"), told);
    }

    @Test
    void anInterruptionEndsTheTurnProperlyAndBooksIt() throws IOException {
        Interruption interruption = new Interruption();
        Recorder events = new Recorder();
        RunListener listener = event -> {
            events.on(event);
            if (event instanceof RunEvent.ToolStarted) {
                interruption.request(2);
            }
        };
        WorkerReport report = fake.work("stop() {\n" + print(result("error_during_execution", true, "0.4", ""))
                + "exit 0\n}\ntrap stop INT\n" + print(init(), uses("t1", "Bash", "{\"command\":\"sleep 60\"}"))
                + "while :; do sleep 0.1; done",
                FakeClaude.PATIENT, new Bounds(interruption, Instant.MAX), listener);

        assertEquals("interrupted", report.error().orElseThrow().value());
        assertEquals(Optional.of(Usd.of("0.4")), report.effort().cost());
        assertEquals(OptionalInt.of(0), report.ending().exitCode());
        assertTrue(events.of(RunEvent.ToolEnded.class).get(0).interrupted());
    }

    @Test
    void theRunsDeadlineEndsTheRound() throws IOException {
        WorkerReport report = fake.work(print(init()) + "sleep 300", FakeClaude.PATIENT,
                new Bounds(new Interruption(), Instant.now().plusMillis(700)), RunListener.NONE);
        assertEquals("timeout", report.error().orElseThrow().value());
        assertTrue(report.error().orElseThrow().message().contains("the run's time is over"));
    }

    @Test
    void aListenerThatThrowsEndsTheWorkerToo() throws IOException {
        fake.script(print(init()) + "sleep 300");
        ClaudeWorker worker = new ClaudeWorker(fake.options(FakeClaude.PATIENT));
        long[] pid = new long[1];
        assertThrows(IllegalStateException.class, () -> worker.work(instruction("x"), worker.environment(), Bounds.none(),
                event -> {
                    if (event instanceof RunEvent.WorkerSpawned spawned) {
                        pid[0] = spawned.pid();
                    } else {
                        throw new IllegalStateException("the disk is full");
                    }
                }));
        assertTrue(ProcessHandle.of(pid[0]).filter(ProcessHandle::isAlive).isEmpty());
    }

    /** Whoever writes faster than it is shown waits, and nothing is lost. */
    @Test
    void outputFasterThanItIsShownIsHeldBack() throws Exception {
        String line = message("m", "{\"type\":\"text\",\"text\":\"" + "x".repeat(2_000) + "\"}");
        Path progress = fake.folder.resolve("progress");
        String[] written = new String[1];
        int[] shown = new int[1];
        WorkerReport report = fake.work(print(init()) + "i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo " + quoted(line)
                + "; echo $i > \"$HOME/progress\"; done\n" + print(success("0.1")), event -> {
                    if (event instanceof RunEvent.WorkerSaid && shown[0]++ == 0) {
                        written[0] = settled(progress);
                    }
                });
        assertTrue(report.clean());
        assertEquals(3000, shown[0]);
        int ahead = Integer.parseInt(written[0]);
        assertTrue(ahead < 1_500, "the worker went on " + ahead + " lines ahead of what was shown");
    }
}
