package openai;

import agent.Hold;
import com.fasterxml.jackson.databind.JsonNode;
import contract.ErrorType;
import contract.Variables;
import java.nio.charset.StandardCharsets;
import okhttp3.Headers;
import reasoning.Fault;
import reasoning.Fault.Remedy;
import reasoning.ModelJson;
import reasoning.NetworkFaults;
import reasoning.Timing;

/**
 * Finds the error in a server's answer. By the API's rules it is {@code {"error":{message,type,param,code}}}; vLLM leaves out the
 * outer object, other servers answer with plain text.
 */
final class ChatFaults extends NetworkFaults {
    private static final String WHO = "The model's server";

    ChatFaults(OpenAiOptions options, Timing timing) {
        super(options.address(), "OpenAI's API", Variables.OPENAI_BASE_URL,
                options.baseUrl().equals(OpenAiOptions.DEFAULT_BASE_URL), options.apiKey(), timing);
    }

    @Override
    protected Fault refused(int status, Headers headers, byte[] body) {
        JsonNode tree = ModelJson.tree(body).orElse(ModelJson.MAPPER.missingNode());
        JsonNode error = tree.path("error").isObject() ? tree.path("error") : tree;
        String words = error.path("message").asText(error.isObject() ? "" : new String(body, StandardCharsets.UTF_8));
        String code = error.path("code").asText("");
        String param = error.path("param").asText("");
        String message = WHO + " answered " + status + (words.isBlank() ? "" : ": " + redacted(words))
                + (param.isBlank() ? "" : " (" + redacted(param) + ")");
        // OpenAI's code for a used-up credit: a 429 that does not end by waiting.
        if (code.equals("insufficient_quota") || error.path("type").asText("").equals("insufficient_quota") || status == 402) {
            return held(status, message, "the account's credit is used up: add to it, or use another key");
        } else if (passing(status)) {
            return Fault.http(ErrorType.HTTP, status, message, status == 429
                    ? "the rate limit is too low for this run; wait, or use another --model or key"
                    : "the server is overloaded or down; wait and try again", Remedy.LATER).asking(retryAfter(headers));
        } else if (status == 401 || status == 403) {
            return held(status, message, "check " + Variables.OPENAI_API_KEY + ", and whether it may use this model");
        } else if (status == 404) {
            return held(status, message, "the model or the path chat/completions does not exist there: check the model's name, and "
                    + Variables.OPENAI_BASE_URL + ", which ends in /v1 on most servers");
        } else if (status == 400 || status == 422) {
            return Fault.http(ErrorType.HTTP, status, message, "the server does not accept the request; its message says why",
                    Remedy.OTHER_REQUEST);
        }
        return Fault.http(ErrorType.HTTP, status, message, "check which server answers at the base URL", Remedy.NONE);
    }

    private static Fault held(int status, String message, String hint) {
        return Fault.http(ErrorType.HTTP, status, message, hint, Remedy.NONE).held(Hold.action(hint));
    }
}
