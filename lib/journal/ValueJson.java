package journal;

import agent.Hold;
import agent.Problem;
import agent.decision.Decision;
import agent.decision.DecisionArguments;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the values are written that are no plain records: a decision as {@code {"name":"run_tests","test_command":"…"}}, with the
 * names of telemetry and of the models' function calls, and a problem with its {@code error.type} as one word.
 */
final class ValueJson {
    private ValueJson() {}

    static Module module() {
        return new SimpleModule("journal")
                .addSerializer(Decision.class, new DecisionSerializer())
                .addDeserializer(Decision.class, new DecisionDeserializer())
                .addSerializer(Problem.class, new ProblemSerializer())
                .addDeserializer(Problem.class, new ProblemDeserializer())
                .addSerializer(ErrorType.class, new TypeSerializer())
                .addDeserializer(ErrorType.class, new TypeDeserializer());
    }

    private static final class DecisionSerializer extends JsonSerializer<Decision> {
        @Override
        public void serialize(Decision decision, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeStartObject();
            json.writeStringField("name", decision.function().value());
            for (Map.Entry<String, Object> argument : DecisionCodec.arguments(decision).values().entrySet()) {
                json.writeObjectField(argument.getKey(), argument.getValue());
            }
            json.writeEndObject();
        }
    }

    private static final class DecisionDeserializer extends JsonDeserializer<Decision> {
        @Override
        public Decision deserialize(JsonParser json, DeserializationContext context) throws IOException {
            JsonNode node = json.readValueAsTree();
            String name = node.path("name").asText();
            FunctionName function = FunctionName.of(name)
                    .orElseThrow(() -> context.weirdStringException(name, FunctionName.class, "no function of ours"));
            DecisionArguments arguments = new DecisionArguments();
            node.properties().forEach(field -> put(arguments, field.getKey(), field.getValue()));
            return DecisionCodec.decision(function, arguments);
        }

        private static void put(DecisionArguments arguments, String name, JsonNode value) {
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
    }

    private static final class ProblemSerializer extends JsonSerializer<Problem> {
        @Override
        public void serialize(Problem problem, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeStartObject();
            json.writeStringField("type", problem.value());
            json.writeStringField("message", problem.message());
            json.writeBooleanField("fatal", problem.fatal());
            if (problem.hold().isPresent()) {
                json.writeObjectFieldStart("hold");
                if (problem.hold().get().until().isPresent()) {
                    json.writeStringField("until", problem.hold().get().until().get().toString());
                }
                json.writeStringField("action", problem.hold().get().action());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
    }

    private static final class ProblemDeserializer extends JsonDeserializer<Problem> {
        @Override
        public Problem deserialize(JsonParser json, DeserializationContext context) throws IOException {
            JsonNode node = json.readValueAsTree();
            Problem problem =
                    Problem.read(node.path("type").asText(), node.path("message").asText(), node.path("fatal").asBoolean());
            JsonNode hold = node.path("hold");
            return hold.isObject() ? problem.held(new Hold(until(hold), hold.path("action").asText(""))) : problem;
        }

        private static Optional<Instant> until(JsonNode hold) {
            try {
                return hold.path("until").isTextual() ? Optional.of(Instant.parse(hold.path("until").asText()))
                        : Optional.empty();
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }
    }

    private static final class TypeSerializer extends JsonSerializer<ErrorType> {
        @Override
        public void serialize(ErrorType type, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(type.value(OptionalInt.empty()));
        }
    }

    private static final class TypeDeserializer extends JsonDeserializer<ErrorType> {
        @Override
        public ErrorType deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return ErrorType.read(json.getText()).type();
        }
    }
}
