package openai;

import agent.Bounds;
import agent.Situation;
import agent.Situation.Step;
import agent.decision.FunctionName;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import reasoning.Detail;
import reasoning.FunctionSchema;
import reasoning.FunctionTable;
import reasoning.HistoryBudget;
import reasoning.ModelJson;
import reasoning.Opening;
import reasoning.Piece;
import reasoning.Standing;
import reasoning.SystemPrompt;

/** Builds the whole request from a situation, each time from the beginning: neither the API nor this class keeps state. */
record ChatConversation(OpenAiOptions options) {
    /** @param missing receives a warning when something cannot be shown to the model, such as a picture that is gone */
    ObjectNode request(Situation situation, Bounds bounds, DroppedFields dropped, Consumer<String> missing) {
        ObjectNode request = ModelJson.MAPPER.createObjectNode().put("model", options.model());
        messages(situation, bounds, missing, request.putArray("messages"));
        ArrayNode tools = request.putArray("tools");
        List<FunctionName> functions = FunctionTable.callable(situation.offered());
        functions.forEach(name -> tools.addObject().put("type", "function").set("function", FunctionSchema.PLAIN.of(name)));
        if (!dropped.contains(DroppedFields.TOOL_CHOICE)) {
            request.put(DroppedFields.TOOL_CHOICE, "required");
        }
        if (!dropped.contains(DroppedFields.PARALLEL)) {
            request.put(DroppedFields.PARALLEL, false);
        }
        return request.put(dropped.contains(DroppedFields.MAX_COMPLETION_TOKENS) ? DroppedFields.MAX_TOKENS
                : DroppedFields.MAX_COMPLETION_TOKENS, OpenAiOptions.MAX_TOKENS);
    }

    private static void messages(Situation situation, Bounds bounds, Consumer<String> missing, ArrayNode messages) {
        List<ChatStep> steps = new ArrayList<>();
        for (Step step : situation.steps()) {
            steps.add(new ChatStep(step, steps.size()));
        }
        List<Detail> plan = HistoryBudget.plan(steps, ChatStep::size);
        int first = HistoryBudget.leftOut(plan);
        Optional<String> standing = Optional.of(Standing.text(situation, bounds));

        messages.addObject().put("role", "system").put("content", SystemPrompt.TEXT);
        List<Piece> opening = new ArrayList<>(Opening.of(situation, situation.steps().subList(0, first), missing));
        if (steps.isEmpty()) {
            opening.add(new Piece.Text(standing.get()));
        }
        messages.add(opening(opening));
        for (int i = first; i < steps.size(); i++) {
            messages.add(steps.get(i).said());
            boolean newest = i == steps.size() - 1;
            messages.addAll(steps.get(i).became(plan.get(i), newest ? standing : Optional.empty()));
        }
    }

    /** Content as one text when there is no picture: some servers do not accept a list of parts. */
    private static ObjectNode opening(List<Piece> pieces) {
        ObjectNode message = ModelJson.MAPPER.createObjectNode().put("role", "user");
        if (pieces.stream().allMatch(Piece.Text.class::isInstance)) {
            return message.put("content", pieces.stream().map(piece -> ((Piece.Text) piece).text())
                    .collect(Collectors.joining("\n\n")));
        }
        ArrayNode content = message.putArray("content");
        for (Piece piece : pieces) {
            if (piece instanceof Piece.Picture picture) {
                content.addObject().put("type", "image_url").putObject("image_url")
                        .put("url", "data:" + picture.mediaType() + ";base64," + picture.base64());
            } else {
                content.addObject().put("type", "text").put("text", ((Piece.Text) piece).text());
            }
        }
        return message;
    }
}
