package workers;

import agent.Instruction;
import agent.RunEvent;
import agent.RunListener;
import agent.WorkerReport;
import java.util.Optional;
import java.util.function.Function;

/** A new conversation in the place of one that cannot be gone on with; what was done so far stands in the files. */
public final class FreshStart {
    private static final String NOTE = "(Your earlier conversation about this work could not be resumed. Look at the"
            + " working directory for what was done so far.)\n\n";

    private FreshStart() {}

    /** @param lost why the conversation cannot be gone on with, where nothing was done for that reason */
    public record Attempt(WorkerReport report, Optional<String> lost) {}

    /** A round, and once more in a new conversation where the first attempt could not resume its own. */
    public static WorkerReport round(Instruction instruction, RunListener listener, Function<Instruction, Attempt> attempt) {
        Attempt first = attempt.apply(instruction);
        return instruction.conversation().isEmpty() || first.lost().isEmpty() ? first.report()
                : attempt.apply(insteadOf(instruction, first.lost().get(), listener)).report();
    }

    /**
     * The same instruction for a new conversation. It is said that one is begun.
     *
     * @param lost an instruction with a conversation
     * @param why as the end of a sentence: {@code cannot be resumed}
     */
    private static Instruction insteadOf(Instruction lost, String why, RunListener listener) {
        listener.on(new RunEvent.WorkerNotice("conversation",
                "the conversation " + lost.conversation().orElse("") + " " + why + "; a new one is begun"));
        return new Instruction(NOTE + lost.text(), Optional.empty(), lost.budget());
    }
}
