package journal;

import agent.Hold;
import agent.Problem;
import agent.decision.Decision;
import agent.decision.DecisionCodec;
import agent.decision.FunctionName;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import contract.ErrorType;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * How the values are written that are no plain records: a decision as {@code {"name":"run_tests","test_command":"…"}}, with the
 * names of telemetry and of the models' function calls, and a problem with its {@code error.type} as one word.
 */
final class ValueJson {
    private ValueJson() {}

    static Module module() {
        return new SimpleModule("journal")
                .addSerializer(Decision.class, written(ValueJson::decisionFields))
                .addDeserializer(Decision.class, read(ValueJson::decision))
                .addSerializer(Problem.class, written(ValueJson::problemFields))
                .addDeserializer(Problem.class, read(ValueJson::problem))
                .addSerializer(ErrorType.class, written(type -> type.value(OptionalInt.empty())))
                .addDeserializer(ErrorType.class, read(word -> ErrorType.read(word.asText()).type()));
    }

    private static <T> JsonSerializer<T> written(Function<T, Object> form) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
                provider.defaultSerializeValue(form.apply(value), json);
            }
        };
    }

    private static <T> JsonDeserializer<T> read(Function<JsonNode, T> meaning) {
        return new JsonDeserializer<>() {
            @Override
            public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
                return meaning.apply(json.readValueAsTree());
            }
        };
    }

    private static Map<String, Object> decisionFields(Decision decision) {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("name", decision.function().value()));
        fields.putAll(DecisionCodec.arguments(decision));
        return fields;
    }

    private static Decision decision(JsonNode node) {
        FunctionName function = FunctionName.of(node.path("name").asText())
                .orElseThrow(() -> new IllegalArgumentException("no function of ours"));
        Map<String, Object> arguments = new LinkedHashMap<>();
        node.properties().forEach(field -> put(arguments, field.getKey(), field.getValue()));
        return DecisionCodec.decision(function, arguments);
    }

    private static void put(Map<String, Object> arguments, String name, JsonNode value) {
        if (value.isArray()) {
            List<String> texts = new ArrayList<>();
            value.forEach(text -> texts.add(text.asText()));
            arguments.put(name, texts);
        } else if (value.canConvertToInt()) {
            arguments.put(name, value.asInt());
        } else if (value.isTextual()) {
            arguments.put(name, value.asText());
        }
    }

    private static Map<String, Object> problemFields(Problem problem) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", problem.value());
        fields.put("message", problem.message());
        fields.put("fatal", problem.fatal());
        problem.hold().ifPresent(hold -> {
            Map<String, Object> held = new LinkedHashMap<>();
            hold.until().ifPresent(until -> held.put("until", until.toString()));
            held.put("action", hold.action());
            fields.put("hold", held);
        });
        return fields;
    }

    private static Problem problem(JsonNode node) {
        Problem problem = Problem.read(node.path("type").asText(), node.path("message").asText(), node.path("fatal").asBoolean());
        JsonNode hold = node.path("hold");
        return hold.isObject() ? problem.held(new Hold(until(hold), hold.path("action").asText(""))) : problem;
    }

    private static Optional<Instant> until(JsonNode hold) {
        try {
            return hold.path("until").isTextual() ? Optional.of(Instant.parse(hold.path("until").asText())) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
