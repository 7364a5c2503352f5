package openai;

import agent.Bounds;
import agent.RunListener;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import reasoning.Fault;
import reasoning.ModelJson;
import reasoning.Notices;
import reasoning.Reply;
import reasoning.SelfCheckFaults;

/** Finds out with {@code GET models}, which costs nothing, whether the key is accepted and the model is there. */
record ModelList(ChatClient client, OpenAiOptions options, Notices notices) {
    private static final int NOT_FOUND = 404;

    /** @throws contract.Failure of a failed self-check when a person has to fix something first */
    void check(Bounds bounds, RunListener listener) throws InterruptedException {
        Reply reply = client.models(bounds);
        if (reply instanceof Fault fault) {
            // Not every server has the list.
            if (fault.status().isEmpty() || fault.status().getAsInt() != NOT_FOUND) {
                SelfCheckFaults.judge(fault, notices, listener);
            }
            return;
        }
        Optional<JsonNode> list = ModelJson.tree(((Reply.Answer) reply).body()).map(tree -> tree.path("data"));
        boolean listed = list.filter(JsonNode::isArray).isPresent() && !list.get().isEmpty();
        if (!listed) {
            return;
        }
        for (JsonNode model : list.get()) {
            if (model.path("id").asText("").equals(options.model())) {
                return;
            }
        }
        // A server may know it by another name, or load it on demand.
        notices.say("the model " + options.model() + " is not in the list of " + client.server() + "; going on", listener);
    }
}
