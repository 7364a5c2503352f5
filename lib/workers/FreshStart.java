package workers;

import agent.Instruction;
import agent.RunEvent;
import agent.RunListener;
import java.util.Optional;

/** A new conversation in the place of one that cannot be gone on with; what was done so far stands in the files. */
public final class FreshStart {
    private static final String NOTE = "(Your earlier conversation about this work could not be resumed. Look at the"
            + " working directory for what was done so far.)\n\n";

    private FreshStart() {}

    /**
     * The same instruction for a new conversation. It is said that one is begun.
     *
     * @param lost an instruction with a conversation
     * @param why as the end of a sentence: {@code cannot be resumed}
     */
    public static Instruction insteadOf(Instruction lost, String why, RunListener listener) {
        listener.on(new RunEvent.WorkerNotice("conversation",
                "the conversation " + lost.conversation().orElse("") + " " + why + "; a new one is begun"));
        return new Instruction(NOTE + lost.text(), Optional.empty(), lost.budget());
    }
}
