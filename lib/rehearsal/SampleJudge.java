package rehearsal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Plays the model behind the real Claude Code when that is the judge: answers in the shape that its one tool asks for. */
final class SampleJudge {
    /** The tool by which Claude Code has an answer given in the shape of {@code --json-schema} (measured with 2.1.332). */
    static final String TOOL = "StructuredOutput";

    private SampleJudge() {}

    static ModelTurn answer(MessagesRequest conversation) {
        if (!conversation.steps().isEmpty()) {
            return ModelTurn.say("Decided.");
        }
        SampleReasoner.Call call = SampleReasoner.decide(Asked.ofQuestion(conversation.instruction(), conversation.shape()));
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("reason", call.thought()).put("function", call.function());
        input.set("arguments", LoopbackServer.tree(call.arguments()));
        return ModelTurn.use("", TOOL, input);
    }
}
