package reasoning;

import agent.decision.FunctionName;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;
import reasoning.FunctionTable.Declared;
import reasoning.FunctionTable.Parameter;
import reasoning.FunctionTable.Type;

/**
 * The function table as a JSON Schema, in which form every API wants it told.
 *
 * @param spelled how an API spells the types {@code object}, {@code string}, {@code integer} and {@code array}
 */
public record FunctionSchema(UnaryOperator<String> spelled) {
    public static final FunctionSchema PLAIN = new FunctionSchema(UnaryOperator.identity());

    /** A function with its name, its description and its parameters. */
    public ObjectNode of(FunctionName name) {
        Declared declared = FunctionTable.of(name);
        ObjectNode function = ModelJson.MAPPER.createObjectNode().put("name", name.value())
                .put("description", declared.description());
        ObjectNode parameters = function.putObject("parameters").put("type", spelled.apply("object"));
        ObjectNode properties = parameters.putObject("properties");
        ArrayNode required = parameters.putArray("required");
        for (Parameter parameter : declared.parameters()) {
            ObjectNode schema = type(parameter).put("description", parameter.description());
            if (!parameter.allowed().isEmpty()) {
                ArrayNode values = schema.putArray("enum");
                parameter.allowed().forEach(values::add);
            }
            properties.set(parameter.name(), schema);
            if (parameter.required()) {
                required.add(parameter.name());
            }
        }
        return function;
    }

    /** What a parameter holds, and nothing more. */
    public ObjectNode type(Parameter parameter) {
        ObjectNode schema = ModelJson.MAPPER.createObjectNode();
        schema.put("type", spelled.apply(parameter.type() == Type.STRINGS ? "array"
                : parameter.type() == Type.INTEGER ? "integer" : "string"));
        if (parameter.type() == Type.STRINGS) {
            schema.putObject("items").put("type", spelled.apply("string"));
        }
        return schema;
    }
}
