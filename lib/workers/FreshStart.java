package workers;

import agent.Instruction;
import agent.RunEvent;
import agent.RunListener;
import agent.WorkerReport;
import java.util.Optional;
import java.util.function.Function;

/** Starts a new conversation when the old one cannot be continued. The work done so far is in the files. */
public final class FreshStart {
    private static final String NOTE = "(Your earlier conversation about this work could not be resumed. Look at the files"
            + " in the working directory to see the work done so far.)\n\n";

    private FreshStart() {}

    /** @param lost why the conversation cannot be continued, if the worker did nothing for that reason */
    public record Attempt(WorkerReport report, Optional<String> lost) {}

    /** Runs a round, and once more in a new conversation if the first attempt could not resume its own. */
    public static WorkerReport round(Instruction instruction, RunListener listener, Function<Instruction, Attempt> attempt) {
        Attempt first = attempt.apply(instruction);
        return instruction.conversation().isEmpty() || first.lost().isEmpty() ? first.report()
                : attempt.apply(insteadOf(instruction, first.lost().get(), listener)).report();
    }

    /**
     * The same instruction for a new conversation. A notice tells that a new one starts.
     *
     * @param lost an instruction with a conversation
     * @param why the end of a sentence: {@code cannot be resumed}
     */
    private static Instruction insteadOf(Instruction lost, String why, RunListener listener) {
        listener.on(new RunEvent.WorkerNotice("conversation",
                "the conversation " + lost.conversation().orElse("") + " " + why + "; a new one starts"));
        return new Instruction(NOTE + lost.text(), Optional.empty(), lost.budget());
    }
}
