package agent;

import agent.decision.Decision;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A decision and how it came about.
 *
 * @param callId the model's id for the call, where it gives one
 * @param thought why, in the reasoner's words, bounded; possibly empty. Text for people, never a label
 * @param echo what the reasoner needs back in the history, opaque to everybody else (Gemini: its content with the thought
 *     signatures); possibly empty
 */
public record Reasoning(Decision decision, Optional<String> callId, String thought, OptionalDouble confidence, String echo) {
    public static Reasoning of(Decision decision, String thought) {
        return new Reasoning(decision, Optional.empty(), thought, OptionalDouble.empty(), "");
    }
}
