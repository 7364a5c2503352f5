package reasoning;

import agent.Situation.Round;
import agent.Situation.Step;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The result of a decision for the model: as the result of its call, or as text when it made no call. */
public final class StepResult {
    private StepResult() {}

    /**
     * @param calls the number of calls in the model's answer; only the first was carried out
     * @param standing the state of the run, in the newest step only
     */
    public static ObjectNode json(Step step, Detail detail, int calls, Optional<String> standing) {
        FunctionResult result = step.result();
        ObjectNode response = ModelJson.MAPPER.createObjectNode().put("success", result.success());
        result.verification().ifPresent(v -> response.put("verdict", v.verdict().value()));
        response.put("output", Excerpt.of(result.output(), detail.chars()));
        step.round().ifPresent(round -> response.put("round",
                told(step, round, detail) + RoundText.of(round, detail.chars())));
        if (calls > 1) {
            response.put("note", "only the first of your " + calls + " calls was carried out: call one function per answer");
        }
        standing.ifPresent(text -> response.put("standing", text));
        return response;
    }

    /** The result for every further call of an answer. */
    public static ObjectNode notCarriedOut() {
        return ModelJson.MAPPER.createObjectNode().put("success", false)
                .put("output", "not carried out: call one function per answer; call it again if it is still needed");
    }

    /** The result for an answer without a call. */
    public static String text(Step step, Detail detail, Optional<String> standing) {
        String round = step.round().map(r -> "\n\n" + told(step, r, detail) + RoundText.of(r, detail.chars())).orElse("");
        return Excerpt.of(step.result().output(), detail.chars()) + round + standing.map(text -> "\n\n" + text).orElse("");
    }

    /** The instruction to the worker, unless the call itself contains it. */
    private static String told(Step step, Round round, Detail detail) {
        boolean known = step.reasoning().decision() instanceof Decision.SendToWorker sent
                && round.instruction().contains(sent.instruction());
        return known ? "" : "Then the human resumed the session and told the worker:\n"
                + Excerpt.of(round.instruction(), detail.chars()) + "\n\n";
    }
}
