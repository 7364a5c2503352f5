package rehearsal;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Stand-ins for Anthropic's API whose answers a test says. */
public final class Messages {
    private Messages() {}

    /** One that answers whatever it is asked in the same way until a tool was used, and then says that it is done. */
    public static MessagesStandIn answering(ModelTurn turn) throws IOException {
        ModelTurn done = ModelTurn.say("Done.");
        return new MessagesStandIn(c -> c.tools() && c.steps().isEmpty() ? turn : done,
                round -> RehearsalScript.standard().round(round));
    }

    /** One whose answer depends on how many instructions the conversation holds, the present one included. */
    public static MessagesStandIn byRound(IntFunction<ModelTurn> answer) throws IOException {
        ModelTurn title = ModelTurn.say("A title");
        return new MessagesStandIn(c -> c.tools() ? answer.apply(c.rounds()) : title,
                round -> RehearsalScript.standard().round(round));
    }

    /** One whose answer depends on the instruction until a tool was used for it; then it says that it is done. */
    public static MessagesStandIn byInstruction(Function<String, ModelTurn> answer) throws IOException {
        ModelTurn done = ModelTurn.say("Done.");
        return new MessagesStandIn(c -> c.tools() && c.steps().isEmpty() ? answer.apply(c.instruction()) : done,
                round -> RehearsalScript.standard().round(round));
    }

    /** Words that end for another reason than that all was said, for instance {@code refusal}. */
    public static ModelTurn stopped(String text, String reason) {
        return new ModelTurn.Message(text, Optional.empty(), Optional.of(reason));
    }
}
