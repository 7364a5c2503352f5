package cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Events;
import agent.Limits;
import agent.Outcome;
import agent.RunEvent;
import agent.Task;
import agent.TokenUsage;
import agent.Totals;
import agent.Usd;
import console.Console;
import contract.Status;
import functions.Consent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code --notify}: what the user's command learns at each ending, and that whatever becomes of it stays its own matter. */
class NotificationTest {
    private static final String WRITE = "printf '%s|' \"$PA_EVENT\" \"$PA_STATUS\" \"$PA_EXIT_CODE\" \"$PA_REASON\" \"$PA_SESSION\" "
            + "\"$PA_TASK\" \"$PA_DIRECTORY\" \"$GEMINI_API_KEY\" \"$(pwd -P)\" > told";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Notification notification(String... command) throws IOException {
        folder = folder.toRealPath();
        Map<String, String> environment = new TreeMap<>(Map.of("PATH", System.getenv("PATH"), "GEMINI_API_KEY", "a-key-that-is-secret"));
        Notification notification = new Notification(List.of(command), environment, new Console(to(out), to(err), 160));
        notification.on(Events.runStarted(new Task("s-1", "make it\nwork", folder, List.of(), List.of()), Limits.defaults(), "gemini",
                "claude", false, false));
        return notification;
    }

    private static PrintStream to(ByteArrayOutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    private static RunEvent ended(Outcome outcome) {
        return new RunEvent.RunEnded(outcome, new Totals(1, 1, TokenUsage.NONE, Usd.ZERO, false, Duration.ZERO));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8).strip();
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void atEachEndingItLearnsTheStatusTheExitCodeAndTheReasonAndNoKey(Status status) throws Exception {
        notification("sh", "-c", WRITE).on(ended(Outcome.of(status, "the reason\nin two lines", "next")));
        assertEquals("ended|" + status.value() + "|" + status.exitCode() + "|the reason in two lines|s-1|make it work|"
                + folder + "||" + folder
                + "|", Files.readString(folder.resolve("told")));
        assertEquals("", said());
    }

    @Test
    void aSignalHasItsOwnExitCode() throws Exception {
        notification("sh", "-c", WRITE).on(ended(Outcome.interrupted(15, "")));
        assertTrue(Files.readString(folder.resolve("told")).startsWith("ended|interrupted|143|interrupted by SIGTERM|"));
    }

    /** A signal that ends the run has interrupted the thread. */
    @Test
    void theEndIsToldAlsoByAThreadThatIsInterruptedAndThatStaysSo() throws Exception {
        Notification notification = notification("sh", "-c", WRITE);
        Thread.currentThread().interrupt();
        notification.on(ended(Outcome.interrupted(2, "")));
        assertTrue(Thread.interrupted());
        assertTrue(Files.exists(folder.resolve("told")));
        notification.on(ended(Outcome.of(Status.COMPLETED, "done", "")));
        assertFalse(Thread.interrupted(), "nobody else is interrupted by it");
    }

    @Test
    void aCommandThatFailsOrIsNotThereIsSaidAndChangesNothing() throws Exception {
        notification("sh", "-c", "exit 3").on(ended(Outcome.of(Status.COMPLETED, "done", "")));
        assertEquals("pa: --notify sh -c exit 3: exit code 3", said());
        err.reset();
        notification("no-such-program-here").on(ended(Outcome.of(Status.COMPLETED, "done", "")));
        assertTrue(said().startsWith("pa: --notify no-such-program-here: "), said());
        assertEquals("", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aQuestionIsToldBeforeItIsAskedAndItsAnswerIsThePersons() throws Exception {
        Path told = folder.toRealPath().resolve("told");
        for (boolean answer : new boolean[] {true, false}) {
            Files.deleteIfExists(told);
            Consent asked = (what, why) -> {
                assertTrue(Files.exists(told), "told before");
                assertEquals("make test because it is new", what + " because " + why);
                return answer;
            };
            assertEquals(answer, notification("sh", "-c", WRITE).before(asked).given("make test", "it is new"));
            assertTrue(Files.readString(told).startsWith("waiting|running||may PA run this (it is new)? make test|s-1|"),
                    Files.readString(told));
        }
    }
}
