package agent;

import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.TodoItem;
import agent.decision.Verification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened in a run. The journal is the sequence of these, and a session can be rebuilt from it. Starts and
 * ends nest in this order:
 * <pre>
 * RunStarted
 *   SelfCheckStarted … SelfCheckEnded
 *   WorkerStarted (WorkerSpawned, ConversationKnown, WorkerSaid, ToolStarted … ToolEnded, WorkerNotice, StallDetected)*
 *     WorkerEnded
 *   FunctionStarted … FunctionEnded
 *   ReasoningStarted (ModelCallStarted AttemptFailed* ModelCallEnded)* ReasoningEnded
 *   TreeObserved, StallDetected, TodoChanged, Notice
 *   FunctionStarted (CheckStarted CheckEnded)* Judged FunctionEnded, where done is claimed
 * RunEnded
 * VerifyStarted
 *   SelfCheckStarted … SelfCheckEnded, CheckStarted … CheckEnded, Judged, and for a review ReasoningStarted … FunctionEnded
 * VerifyEnded
 * </pre>
 * Tools may overlap each other; they all end before their worker does.
 */
public sealed interface RunEvent {
    /**
     * @param resumed whether the session had begun in an earlier run
     * @param further a person's new instruction for a resumed session
     * @param settings the options of the command line that a resume takes over, one word each
     * @param telemetry what was decided about the run's telemetry; empty where nobody decided
     * @param origin where it runs
     */
    record RunStarted(Task task, Limits limits, String reasoner, String worker, boolean rehearsal, boolean resumed,
            Optional<String> further, List<String> settings, Optional<TelemetryPlan> telemetry, Origin origin)
            implements RunEvent, Beginning {
        @Override
        public String session() {
            return task.session();
        }

        @Override
        public Path directory() {
            return task.directory();
        }
    }

    record RunEnded(Outcome outcome, Totals totals) implements RunEvent {}

    /**
     * A change is judged without an agent.
     *
     * @param session an id of its own
     * @param reasoner who is asked for a review where tests show too little; empty when nobody is
     */
    record VerifyStarted(String session, Path directory, Optional<String> reasoner, Optional<TelemetryPlan> telemetry,
            Origin origin) implements RunEvent, Beginning {}

    /** @param totals what a review has cost */
    record VerifyEnded(Outcome outcome, Totals totals) implements RunEvent {}

    /** The run's trace, 32 hexadecimal digits, when telemetry is on. */
    record Traced(String traceId) implements RunEvent {}

    record SelfCheckStarted() implements RunEvent {}

    record SelfCheckEnded(Optional<Problem> problem) implements RunEvent {}

    /**
     * A round of the worker begins.
     *
     * @param ownSpans whether the agent makes the spans of its tools itself in this round; decided before it begins
     */
    record WorkerStarted(int iteration, Instruction instruction, boolean ownSpans) implements RunEvent {}

    /** The worker's process runs. {@code executable} is its file's name without the folder. */
    record WorkerSpawned(String executable, long pid) implements RunEvent {}

    /** The worker's own conversation, as soon as it has one: a kill in the middle of a round must not lose it. */
    record ConversationKnown(String conversation) implements RunEvent {}

    /** The worker said something to read. */
    record WorkerSaid(String text) implements RunEvent {}

    /**
     * The worker, or a sub-agent of it, asked for a tool.
     *
     * @param detail what may be shown to anybody: a path, a command's first word; bounded
     * @param input what it is asked to do, without secrets, for the user's own terminal and journal: the command, the pattern.
     *     Never exported. Empty where {@code detail} says it all
     * @param parent the {@code id} of the tool that started the sub-agent; empty when the worker itself asked
     * @param action what it does, as far as the call tells
     */
    record ToolStarted(String id, String tool, String detail, String input, Optional<String> parent, ToolAction action)
            implements RunEvent {}

    /**
     * The tool's result came.
     *
     * @param interrupted when it never came and the worker ended
     * @param reason of a failure in a line, without secrets, for the user's own terminal and journal: what was denied, the exit
     *     code and the last line. Never exported. Empty where nothing is known
     */
    record ToolEnded(String id, String tool, boolean success, boolean interrupted, Duration duration, String reason)
            implements RunEvent {
        public ToolEnded(String id, String tool, boolean success, boolean interrupted, Duration duration) {
            this(id, tool, success, interrupted, duration, "");
        }
    }

    /** A line of the worker's stream that is neither words nor tools: retries, compaction, what nobody knows yet. */
    record WorkerNotice(String kind, String text) implements RunEvent {}

    /**
     * What the model's answers of this round came to so far, sub-agents included. It may be less than the round's report has in
     * the end, because an answer's line can come before the answer is whole.
     */
    record WorkerUsed(TokenUsage usage) implements RunEvent {}

    record WorkerEnded(int iteration, WorkerReport report, Duration duration) implements RunEvent {}

    /** The working tree was looked at: its state's name, and what changed since it was looked at last. */
    record TreeObserved(String state, Changes changes) implements RunEvent {}

    /** A function is carried out; {@code automatic} for the check that follows a round by itself. */
    record FunctionStarted(int iteration, Decision decision, Optional<String> callId, boolean automatic) implements RunEvent {}

    record FunctionEnded(int iteration, Decision decision, FunctionResult result, boolean automatic, Duration duration)
            implements RunEvent {}

    record ReasoningStarted(int iteration) implements RunEvent {}

    /** Exactly one of the two is there. */
    record ReasoningEnded(int iteration, Optional<Reasoning> reasoning, Optional<Problem> problem, Duration duration)
            implements RunEvent {}

    /** @param instructions what the model is told about its part, beside the conversation; empty where that is not known */
    record ModelCallStarted(ModelCall call, Optional<String> instructions) implements RunEvent {}

    /** A request of the call under way failed; it is tried again unless {@code delayMillis} is -1. */
    record AttemptFailed(ModelCall call, ModelCall.Attempt attempt) implements RunEvent {}

    record ModelCallEnded(ModelCall call, ModelCall.Answer answer, Duration duration) implements RunEvent {}

    /**
     * The run gets nowhere, or, for a pattern {@link StallPattern#inRound}, the worker does in this round.
     *
     * @param stopping whether the run, or the round, ends by it
     */
    record StallDetected(StallPattern pattern, String message, boolean stopping) implements RunEvent {}

    record TodoChanged(List<TodoItem> todo) implements RunEvent {}

    /** Something to know that changes nothing: a model that was rerouted, a price that is not known. */
    record Notice(String text) implements RunEvent {}

    /**
     * A check begins in the copy, to compare what was with what is; one in the working directory is a function of its own.
     *
     * @param what is checked there, for people: {@code the old files}, {@code the new sources with the old tests}
     */
    record CheckStarted(CheckPlace place, String what, String command) implements RunEvent {}

    /** @param counts empty where the runner reported no tests, only an exit code */
    record CheckEnded(CheckPlace place, String what, Verification verification, Optional<TestCounts> counts, Duration duration)
            implements RunEvent {}

    /** The work was judged; the last one of a run is its evidence. */
    record Judged(Evidence evidence) implements RunEvent {}
}
