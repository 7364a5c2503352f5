package gemini;

import agent.Reasoning;
import agent.decision.Decision;
import agent.decision.FunctionName;
import gemini.Content.FunctionCall;
import gemini.Content.Part;
import gemini.GenerateResponse.Candidate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import reasoning.DecisionReader;
import reasoning.Excerpt;

/**
 * Reads a decision out of an answer: all its parts, not only the first. Of several calls the first counts; the others are
 * answered in the history as not carried out. An answer without a usable call is a {@link Decision.NoOp}: the model reads
 * why, and its next answer is better than the same question asked again would bring.
 */
final class AnswerReader {
    private static final int THOUGHT_CHARS = 4_000;
    private static final int SAID_CHARS = 200;
    /** Reasons that say of the calls in the answer that they are not to be acted on. */
    private static final Set<String> BROKEN_CALL = Set.of("MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL");

    private AnswerReader() {}

    static Reasoning read(GenerateResponse response, Set<FunctionName> offered) {
        Optional<Candidate> candidate = response.candidate();
        List<Part> parts = candidate.map(Candidate::message).map(Content::parts).orElse(List.of());
        String reason = candidate.map(Candidate::finishReason).orElse("none given");
        Optional<FunctionCall> call = parts.stream().map(Part::functionCall).filter(Objects::nonNull).findFirst();
        Decision decision;
        if (response.cut()) {
            decision = new Decision.NoOp("your answer was cut off where its tokens ended, also with twice the room: "
                    + "think less and keep the arguments short");
        } else if (BROKEN_CALL.contains(reason)) {
            decision = new Decision.NoOp("your function call could not be read (" + reason
                    + "): call one of the offered functions with plain JSON arguments, long texts kept short");
        } else if (call.isPresent()) {
            decision = DecisionReader.read(call.get().name(), call.get().args(), offered);
        } else {
            String said = said(parts).isEmpty() ? "no text" : "text: '" + Excerpt.line(said(parts), SAID_CHARS) + "'";
            decision = new Decision.NoOp("your answer holds no function call (finish reason "
                    + Excerpt.line(reason, SAID_CHARS) + ", " + said + "): answer with exactly one call");
        }
        return new Reasoning(decision, call.map(FunctionCall::id), thought(parts), OptionalDouble.empty(),
                candidate.map(Candidate::content).filter(c -> !c.isNull()).map(Object::toString).orElse(""));
    }

    /** Why, in the model's words: summaries of its thinking, and what it said beside the call. */
    private static String thought(List<Part> parts) {
        return Excerpt.of(parts.stream().map(Part::text).filter(Objects::nonNull).map(String::strip)
                .filter(text -> !text.isEmpty()).collect(Collectors.joining("\n")), THOUGHT_CHARS);
    }

    private static String said(List<Part> parts) {
        return parts.stream().filter(part -> !part.thinking()).map(Part::text).filter(Objects::nonNull)
                .collect(Collectors.joining("\n")).strip();
    }
}
