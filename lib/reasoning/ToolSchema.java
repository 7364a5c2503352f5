package reasoning;

import agent.decision.FunctionName;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import reasoning.FunctionTable.Declared;
import reasoning.FunctionTable.Parameter;
import reasoning.FunctionTable.Type;

/** A function of the table in the form of most APIs: its name, its description, and its parameters as JSON Schema. */
public final class ToolSchema {
    private ToolSchema() {}

    /** {@code {"name", "description", "parameters"}}. */
    public static ObjectNode of(FunctionName name) {
        Declared declared = FunctionTable.of(name);
        ObjectNode function = ModelJson.MAPPER.createObjectNode().put("name", name.value())
                .put("description", declared.description());
        ObjectNode parameters = function.putObject("parameters").put("type", "object");
        ObjectNode properties = parameters.putObject("properties");
        ArrayNode required = parameters.putArray("required");
        for (Parameter parameter : declared.parameters()) {
            properties.set(parameter.name(), schema(parameter));
            if (parameter.required()) {
                required.add(parameter.name());
            }
        }
        return function;
    }

    private static ObjectNode schema(Parameter parameter) {
        ObjectNode schema = ModelJson.MAPPER.createObjectNode();
        schema.put("type", parameter.type() == Type.STRINGS ? "array" : parameter.type() == Type.INTEGER ? "integer" : "string");
        schema.put("description", parameter.description());
        if (parameter.type() == Type.STRINGS) {
            schema.putObject("items").put("type", "string");
        }
        if (!parameter.allowed().isEmpty()) {
            ArrayNode values = schema.putArray("enum");
            parameter.allowed().forEach(values::add);
        }
        return schema;
    }
}
