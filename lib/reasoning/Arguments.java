package reasoning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import reasoning.FunctionTable.Declared;
import reasoning.FunctionTable.Parameter;
import reasoning.FunctionTable.Type;

/** The arguments of a call, each checked against its declaration before any is read. */
final class Arguments {
    private static final int SHOWN = 80;

    private Arguments() {}

    /** @throws Unusable with the exact reason; the model reads it */
    static Map<String, Object> check(Declared function, JsonNode values) throws Unusable {
        if (values != null && !values.isNull() && !values.isObject()) {
            throw new Unusable(function, "the arguments must be an object, not " + kind(values));
        }
        JsonNode object = values == null || values.isNull() ? ModelJson.MAPPER.createObjectNode() : values;
        Map<String, Object> arguments = new HashMap<>();
        for (Parameter parameter : function.parameters()) {
            JsonNode value = obvious(parameter.type(), object.path(parameter.name()));
            if (value.isMissingNode() || value.isNull()) {
                if (parameter.required()) {
                    throw new Unusable(function, parameter, "is missing; given: " + names(object));
                }
            } else {
                check(function, parameter, value);
                arguments.put(parameter.name(), switch (parameter.type()) {
                    case STRING -> value.asText();
                    case INTEGER -> value.decimalValue().intValueExact();
                    case STRINGS -> list(value);
                });
            }
        }
        return arguments;
    }

    /** Accepts a value of another type if its meaning is clear: one text where a list is declared, a number in quotes. */
    private static JsonNode obvious(Type type, JsonNode value) {
        if (type == Type.STRINGS && value.isTextual() && !value.textValue().isBlank()) {
            JsonNode list = list(value.textValue());
            return list.isArray() ? list : ModelJson.MAPPER.createArrayNode().add(value.textValue());
        }
        if (type == Type.INTEGER && value.isTextual() && value.textValue().strip().matches("-?\\d{1,9}")) {
            return IntNode.valueOf(Integer.parseInt(value.textValue().strip()));
        }
        return value;
    }

    /** A list in a text; missing when the text is not a list. */
    private static JsonNode list(String text) {
        return text.strip().startsWith("[") ? ModelJson.tree(text.getBytes(StandardCharsets.UTF_8))
                .orElse(MissingNode.getInstance()) : MissingNode.getInstance();
    }

    private static List<String> list(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(value -> texts.add(value.asText()));
        return texts;
    }

    private static void check(Declared function, Parameter parameter, JsonNode value) throws Unusable {
        Type type = parameter.type();
        boolean right = switch (type) {
            case STRING -> value.isTextual();
            case INTEGER -> value.isNumber() && whole(value.decimalValue());
            case STRINGS -> value.isArray() && texts(value);
        };
        if (!right) {
            throw new Unusable(function, parameter, "must be " + type.words() + ", not " + kind(value));
        }
        boolean empty = type == Type.STRING && value.asText().isBlank() || type == Type.STRINGS && value.isEmpty();
        if (parameter.required() && empty) {
            throw new Unusable(function, parameter, "is empty");
        }
        if (!parameter.allowed().isEmpty() && !parameter.allowed().contains(value.asText())) {
            throw new Unusable(function, parameter, "must be one of " + String.join(", ", parameter.allowed())
                    + ", not " + kind(value));
        }
    }

    /** JSON numbers of a Struct are floating-point: 8080.0 is a whole number, and 1e30 is too large for any argument. */
    private static boolean whole(BigDecimal number) {
        try {
            number.intValueExact();
            return true;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private static boolean texts(JsonNode array) {
        for (JsonNode item : array) {
            if (!item.isTextual() || item.asText().isBlank()) {
                return false;
            }
        }
        return true;
    }

    private static String kind(JsonNode value) {
        return Excerpt.line(value.toString(), SHOWN);
    }

    private static String names(JsonNode object) {
        List<String> names = new ArrayList<>();
        for (Iterator<String> i = object.fieldNames(); i.hasNext();) {
            names.add(Excerpt.line(i.next(), SHOWN));
        }
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    /** A call that cannot be carried out. */
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(Declared function, String reason) {
            super(function.name().value() + ": " + reason);
        }

        Unusable(Declared function, Parameter parameter, String reason) {
            this(function, "the argument " + parameter.name() + " " + reason);
        }
    }
}
