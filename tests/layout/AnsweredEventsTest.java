package layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import agent.RunEvent;
import agent.RunEventHandler;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What those that see a whole run leave out on purpose. A new kind of event fails here until somebody has decided, for each of
 * them, whether it means something to it.
 */
class AnsweredEventsTest {
    @Test
    void theLoopRemembersAllThatItDecidesBy() throws Exception {
        leavesOut(Set.of("VerifyStarted", "VerifyEnded", "Traced", "SelfCheckStarted", "SelfCheckEnded", "WorkerSpawned", "WorkerSaid",
                "WorkerNotice", "WorkerUsed", "FunctionStarted", "ReasoningStarted", "ModelCallStarted", "AttemptFailed", "Notice",
                "CheckStarted", "CheckEnded"), "agent.loop.History");
    }

    @Test
    void theLinesOfARunTellAllThatAPersonFollows() throws Exception {
        leavesOut(Set.of("VerifyStarted", "VerifyEnded", "Traced", "WorkerSpawned", "ConversationKnown", "ModelCallStarted",
                "TodoChanged"), "display.LineDisplay");
    }

    @Test
    void theTreeOfARunHasAllThatTakesTimeOrEndsIt() throws Exception {
        leavesOut(Set.of("VerifyStarted", "VerifyEnded", "CheckStarted", "Traced", "WorkerSpawned", "ConversationKnown", "WorkerSaid",
                "WorkerNotice", "WorkerUsed", "ModelCallStarted", "AttemptFailed", "TodoChanged"), "display.RunTree");
    }

    /** The round's report has the sum of what the worker uses; the others are text for people. */
    @Test
    void telemetryMakesASignalOfAllButWhatIsTextForPeople() throws Exception {
        leavesOut(Set.of("Traced", "WorkerSaid", "WorkerUsed", "TodoChanged", "Notice"), "telemetry.fold.RunMeter",
                "telemetry.fold.RunLog", "telemetry.fold.RunSpans", "telemetry.fold.RoundSpans");
    }

    /** @param handlers that together answer all others */
    private static void leavesOut(Set<String> expected, String... handlers) throws ClassNotFoundException {
        Set<String> left = Stream.of(RunEvent.class.getPermittedSubclasses()).map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String name : handlers) {
            Class<?> handler = Class.forName(name);
            assertEquals(true, RunEventHandler.class.isAssignableFrom(handler), name);
            Stream.of(handler.getDeclaredMethods()).filter(method -> method.getName().equals("on") && method.getParameterCount() == 1)
                    .forEach(method -> left.remove(method.getParameterTypes()[0].getSimpleName()));
        }
        assertEquals(new TreeSet<>(expected), left, String.join(", ", handlers));
    }
}
