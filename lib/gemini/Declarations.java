package gemini;

import agent.decision.FunctionName;
import gemini.GenerateRequest.FunctionDeclaration;
import gemini.GenerateRequest.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import reasoning.FunctionTable;
import reasoning.FunctionTable.Declared;
import reasoning.FunctionTable.Parameter;
import reasoning.FunctionTable.Type;

/** The function table in the form of Gemini's API. */
final class Declarations {
    private Declarations() {}

    static FunctionDeclaration of(FunctionName name) {
        Declared declared = FunctionTable.of(name);
        Map<String, Schema> properties = new LinkedHashMap<>();
        declared.parameters().forEach(p -> properties.put(p.name(), schema(p)));
        List<String> required = declared.parameters().stream().filter(Parameter::required).map(Parameter::name)
                .collect(Collectors.toList());
        return new FunctionDeclaration(name.value(), declared.description(), new Schema("OBJECT", null, properties,
                required.isEmpty() ? null : required, null, null));
    }

    private static Schema schema(Parameter parameter) {
        List<String> allowed = parameter.allowed().isEmpty() ? null : parameter.allowed();
        return parameter.type() == Type.STRINGS
                ? new Schema("ARRAY", parameter.description(), null, null, simple(Type.STRING), null)
                : new Schema(parameter.type().name(), parameter.description(), null, null, null, allowed);
    }

    private static Schema simple(Type type) {
        return new Schema(type.name(), null, null, null, null, null);
    }
}
