package claudejudge;

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
import reasoning.DecisionWriter;
import reasoning.Detail;
import reasoning.FunctionSchema;
import reasoning.FunctionTable;
import reasoning.FunctionTable.Declared;
import reasoning.HistoryBudget;
import reasoning.ModelJson;
import reasoning.Opening;
import reasoning.Piece;
import reasoning.Standing;
import reasoning.StepResult;
import reasoning.SystemPrompt;

/**
 * One question: the situation as a text, and the required form of the answer.
 *
 * @param system the model's instructions: its role and the functions
 * @param schema one object: a reason, a function's name, and the arguments of all functions together. Whether a function has all
 *     its arguments is checked when the answer is read
 */
record Question(String system, String text, String schema) {
    private static final String HOW = """

            How you answer
            - Give a function and its arguments, and before them your reason in a sentence or two. You have no other tools.
            - The functions and their arguments (those with * are required):
            """;

    /** @param missing receives a warning about content that cannot be shown: every picture */
    static Question of(Situation situation, Bounds bounds, Consumer<String> missing) {
        List<FunctionName> functions = FunctionTable.callable(situation.offered());
        String table = functions.stream().map(Question::described).collect(Collectors.joining("\n"));
        return new Question(SystemPrompt.TEXT + HOW + table + "\n", text(situation, bounds, missing), schema(functions));
    }

    private static String text(Situation situation, Bounds bounds, Consumer<String> missing) {
        List<Step> steps = situation.steps();
        List<Detail> plan = HistoryBudget.plan(steps, (step, detail) -> told(step, 0, detail).length());
        int first = HistoryBudget.leftOut(plan);
        List<String> texts = new ArrayList<>();
        for (Piece piece : Opening.of(situation, steps.subList(0, first), missing)) {
            if (piece instanceof Piece.Text words) {
                texts.add(words.text());
            } else {
                texts.add("(cannot be shown here)");
                missing.accept("pictures are not shown to Claude Code as the reasoner");
            }
        }
        for (int i = first; i < steps.size(); i++) {
            texts.add(told(steps.get(i), i + 1, plan.get(i)));
        }
        texts.add("# Now\n\n" + Standing.text(situation, bounds) + "\n\nDecide.");
        return String.join("\n\n", texts);
    }

    private static String told(Step step, int number, Detail detail) {
        String call = DecisionWriter.arguments(step.reasoning().decision())
                .map(arguments -> step.reasoning().decision().function().value() + " " + arguments)
                .orElse("(an answer that could not be used)");
        return "# Your decision " + number + ": " + call + "\n\nWhat became of it:\n"
                + StepResult.json(step, detail, 1, Optional.empty()).toPrettyString();
    }

    private static String described(FunctionName name) {
        Declared declared = FunctionTable.of(name);
        return "- " + name.value() + ": " + declared.description() + declared.parameters().stream()
                .map(p -> "\n    " + p.name() + (p.required() ? "*" : "") + " (" + p.type().words() + "): " + p.description()
                        + (p.allowed().isEmpty() ? "" : "; one of " + String.join(", ", p.allowed())))
                .collect(Collectors.joining());
    }

    private static String schema(List<FunctionName> functions) {
        ObjectNode schema = ModelJson.MAPPER.createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("reason").put("type", "string");
        ArrayNode names = properties.putObject("function").put("type", "string").putArray("enum");
        functions.forEach(name -> names.add(name.value()));
        ObjectNode arguments = properties.putObject("arguments").put("type", "object").putObject("properties");
        for (FunctionName name : functions) {
            FunctionTable.of(name).parameters().forEach(parameter ->
                    arguments.set(parameter.name(), FunctionSchema.PLAIN.type(parameter)));
        }
        schema.putArray("required").add("reason").add("function").add("arguments");
        return schema.toString();
    }
}
