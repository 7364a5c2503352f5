package journal;

import agent.RunEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns events into lines of JSON and back: {@code {"seq":1,"at":"…","type":"RunStarted","event":{…}}}. The records
 * themselves know nothing of JSON.
 */
public final class EventCodec {
    private static final Map<String, Class<?>> TYPES = Stream.of(RunEvent.class.getPermittedSubclasses())
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(ValueJson.module())
            .build();

    private EventCodec() {}

    /** One line without its end. */
    public static String encode(Entry entry) {
        ObjectNode line = JSON.createObjectNode()
                .put("seq", entry.sequence())
                .put("at", entry.at().toString())
                .put("type", entry.event().getClass().getSimpleName());
        line.set("event", JSON.valueToTree(entry.event()));
        return line.toString();
    }

    /** Empty for an event of a type that this version does not know. */
    static Optional<Entry> decode(String line) throws JsonProcessingException {
        JsonNode node = JSON.readTree(line);
        if (!node.hasNonNull("seq") || !node.hasNonNull("at") || !node.hasNonNull("type")) {
            throw new IncompleteLine();
        }
        Class<?> type = TYPES.get(node.get("type").asText());
        if (type == null) {
            return Optional.empty();
        }
        RunEvent event = (RunEvent) JSON.treeToValue(node.get("event"), type);
        return Optional.of(new Entry(node.get("seq").asLong(), Instant.parse(node.get("at").asText()), event));
    }

    /** A line that is JSON but not an entry. */
    static final class IncompleteLine extends JsonProcessingException {
        private static final long serialVersionUID = 1L;

        IncompleteLine() {
            super("not an entry of a journal");
        }
    }
}
