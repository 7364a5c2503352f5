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

/** Checks with {@code GET models}, which costs nothing, whether the key is accepted and the model exists. */
record ModelList(ChatClient client, OpenAiOptions options, Notices notices) {
    private static final int NOT_FOUND = 404;

    /** @throws contract.Failure of a failed self-check when the user has to fix something first */
    void check(Bounds bounds, RunListener listener) throws InterruptedException {
        Reply reply = client.models(bounds);
        if (reply instanceof Fault fault) {
            // Some servers have no such list.
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
        // The server may have another name for it, or load it on demand.
        notices.say("the model " + options.model() + " is not in the model list of " + client.http().server()
                + "; trying it anyway", listener);
    }
}
