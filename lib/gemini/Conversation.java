package gemini;

import agent.Bounds;
import agent.Situation;
import agent.Situation.Step;
import agent.decision.FunctionName;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gemini.Content.Part;
import gemini.GenerateRequest.FunctionCallingConfig;
import gemini.GenerateRequest.GenerationConfig;
import gemini.GenerateRequest.ThinkingConfig;
import gemini.GenerateRequest.Tool;
import gemini.GenerateRequest.ToolConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import reasoning.Detail;
import reasoning.FunctionSchema;
import reasoning.FunctionTable;
import reasoning.HistoryBudget;
import reasoning.Opening;
import reasoning.Piece;
import reasoning.Standing;
import reasoning.SystemPrompt;

/** Builds the whole request from a situation, each time from the beginning: neither the API nor this class keeps state. */
final class Conversation {
    /** The answer must be a call of one of the allowed functions, never prose. */
    private static final String CALL_ONLY = "ANY";
    private static final FunctionSchema SCHEMA = new FunctionSchema(type -> type.toUpperCase(Locale.ROOT));

    private final ModelName model;

    Conversation(GeminiOptions options) {
        this.model = ModelName.of(options.model());
    }

    /**
     * @param echoed the first step for which the model's own messages are sent back unchanged; earlier messages are made from
     *     the decisions
     * @param missing receives a warning when something cannot be shown to the model, such as a picture that is gone
     */
    GenerateRequest request(Situation situation, Bounds bounds, int echoed, Consumer<String> missing) {
        List<FunctionName> functions = FunctionTable.callable(situation.offered());
        List<String> names = functions.stream().map(FunctionName::value).toList();
        return new GenerateRequest(
                new Content(null, List.of(Part.text(SystemPrompt.TEXT))),
                contents(situation, bounds, echoed, missing),
                List.of(new Tool(functions.stream().map(Conversation::declaration).toList())),
                new ToolConfig(new FunctionCallingConfig(CALL_ONLY, names)),
                // Summaries of the thinking are the reasons that people are shown; they cost nothing beside the thinking itself.
                new GenerationConfig(GeminiOptions.TEMPERATURE, GeminiOptions.MAX_OUTPUT_TOKENS,
                        model.thinks() ? new ThinkingConfig(true) : null));
    }

    /** The messages; see {@link #request}. */
    List<JsonNode> contents(Situation situation, Bounds bounds, int echoed, Consumer<String> missing) {
        List<StepContents> steps = new ArrayList<>();
        for (Step step : situation.steps()) {
            steps.add(new StepContents(step, model, steps.size() >= echoed));
        }
        List<Detail> plan = HistoryBudget.plan(steps, StepContents::size);
        int first = HistoryBudget.leftOut(plan);
        List<Step> leftOut = situation.steps().subList(0, first);

        Optional<String> standing = Optional.of(Standing.text(situation, bounds));
        List<Part> opening = Opening.of(situation, leftOut, missing).stream().map(Conversation::part)
                .collect(Collectors.toCollection(ArrayList::new));
        if (steps.isEmpty()) {
            opening.add(Part.text(standing.get()));
        }
        List<JsonNode> contents = new ArrayList<>();
        contents.add(Content.user(opening).toJson());
        for (int i = first; i < steps.size(); i++) {
            boolean newest = i == steps.size() - 1;
            contents.add(steps.get(i).said());
            contents.add(steps.get(i).became(plan.get(i), newest ? standing : Optional.empty()).toJson());
        }
        return contents;
    }

    private static Part part(Piece piece) {
        return piece instanceof Piece.Picture picture ? Part.picture(picture.mediaType(), picture.base64())
                : Part.text(((Piece.Text) piece).text());
    }

    private static ObjectNode declaration(FunctionName name) {
        ObjectNode declaration = SCHEMA.of(name);
        if (declaration.at("/parameters/required").isEmpty()) {
            ((ObjectNode) declaration.path("parameters")).remove("required");
        }
        return declaration;
    }
}
