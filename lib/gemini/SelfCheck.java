package gemini;

import agent.Bounds;
import agent.RunListener;
import contract.Failure;
import contract.Variables;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import reasoning.Fault;
import reasoning.ModelJson;
import reasoning.Notices;
import reasoning.Reply;
import reasoning.SelfCheckFaults;

/**
 * Checks with one free request, {@code GET models/{model}}, whether the key and the model are accepted. An error that may pass by
 * itself is only a notice: the later calls are retried.
 */
record SelfCheck(GeminiClient client, GeminiOptions options, Notices notices) {
    /** @throws Failure of a failed self-check when the user has to fix something first */
    void run(Bounds bounds, RunListener listener) throws InterruptedException {
        Reply reply = client.model(options.model(), options.sending().selfCheckTimeout(), bounds);
        if (reply instanceof Reply.Answer answer) {
            check(answer, listener);
        } else {
            check((Fault) reply, listener);
        }
    }

    private void check(Reply.Answer answer, RunListener listener) {
        Optional<ModelInfo> info = info(answer);
        if (info.isEmpty()) {
            notices.say(client.http().malformed().message() + "; continuing", listener);
        } else if (!info.get().canGenerate()) {
            throw Failure.selfCheck("the model " + options.model() + " cannot be used: it offers "
                    + String.join(", ", info.get().supportedGenerationMethods()),
                    "give another with --model, for instance " + GeminiOptions.DEFAULT_MODEL);
        }
    }

    private void check(Fault fault, RunListener listener) {
        OptionalInt status = fault.status();
        if (status.isPresent() && status.getAsInt() == 404) {
            throw Failure.selfCheck("the model " + options.model() + " does not exist at " + client.http().server() + ": "
                    + fault.message(), fault.hint() + unlessGoogle());
        }
        SelfCheckFaults.judge(fault, notices, listener);
    }

    private String unlessGoogle() {
        return client.http().server().equals(GeminiOptions.DEFAULT_BASE_URL.getHost()) ? ""
                : "; or check " + Variables.GEMINI_BASE_URL;
    }

    private static Optional<ModelInfo> info(Reply.Answer answer) {
        try {
            return ModelJson.tree(answer.body()).isEmpty() ? Optional.empty()
                    : Optional.of(ModelJson.MAPPER.readValue(answer.body(), ModelInfo.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
