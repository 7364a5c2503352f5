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
 * Reads the decision from all parts of an answer. The first of several calls counts; the history answers the others as not
 * carried out. An answer without a valid call is a {@link Decision.NoOp}: the model reads the reason, which helps more than the
 * same question again.
 */
final class AnswerReader {
    private static final int THOUGHT_CHARS = 4_000;
    private static final int SAID_CHARS = 200;
    /** Finish reasons with which the calls in the answer must not be used. */
    private static final Set<String> BROKEN_CALL = Set.of("MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL");

    private AnswerReader() {}

    static Reasoning read(GenerateResponse response, Set<FunctionName> offered) {
        Optional<Candidate> candidate = response.candidate();
        List<Part> parts = candidate.map(Candidate::message).map(Content::parts).orElse(List.of());
        String reason = candidate.map(Candidate::finishReason).orElse("none given");
        Optional<FunctionCall> call = parts.stream().map(Part::functionCall).filter(Objects::nonNull).findFirst();
        Decision decision;
        if (response.cut()) {
            decision = new Decision.NoOp("your answer was cut off at the token limit, even with twice the room: "
                    + "think less and keep the arguments short");
        } else if (BROKEN_CALL.contains(reason)) {
            decision = new Decision.NoOp("your function call could not be read (" + reason
                    + "): call one of the offered functions with plain JSON arguments, long texts kept short");
        } else if (call.isPresent()) {
            decision = DecisionReader.read(call.get().name(), call.get().args(), offered);
        } else {
            String said = said(parts).isEmpty() ? "no text" : "text: '" + Excerpt.line(said(parts), SAID_CHARS) + "'";
            decision = new Decision.NoOp("your answer contains no function call (finish reason "
                    + Excerpt.line(reason, SAID_CHARS) + ", " + said + "): answer with exactly one call");
        }
        return new Reasoning(decision, call.map(FunctionCall::id), thought(parts), OptionalDouble.empty(),
                candidate.map(Candidate::content).filter(c -> !c.isNull()).map(Object::toString).orElse(""));
    }

    /** The model's reasoning: summaries of its thinking, and the text beside the call. */
    private static String thought(List<Part> parts) {
        return Excerpt.of(parts.stream().map(Part::text).filter(Objects::nonNull).map(String::strip)
                .filter(text -> !text.isEmpty()).collect(Collectors.joining("\n")), THOUGHT_CHARS);
    }

    private static String said(List<Part> parts) {
        return parts.stream().filter(part -> !part.thinking()).map(Part::text).filter(Objects::nonNull)
                .collect(Collectors.joining("\n")).strip();
    }
}
