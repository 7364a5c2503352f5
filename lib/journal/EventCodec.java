package journal;

import agent.RunEvent;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import contract.KnownSecrets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns events into lines of JSON and back: {@code {"seq":1,"at":"…","type":"RunStarted","event":{…}}}. The records
 * themselves know nothing of JSON.
 */
public final class EventCodec {
    private static final Map<String, Class<?>> TYPES = Stream.of(RunEvent.class.getPermittedSubclasses())
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

    /** More than any line of ours has; what is beyond is a line that cannot be read. */
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder().maxNestingDepth(64)
            .maxNumberLength(100).maxStringLength(JournalReader.LONGEST_LINE).build();

    private static final JsonMapper JSON = JsonMapper.builder(
            // Names of fields are not remembered: a journal that somebody else wrote may have new ones in each line.
            JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .streamReadConstraints(CONSTRAINTS).build())
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(ValueJson.module())
            .addModule(Bounded.module())
            .build();

    /** A name of ours, like a function's: no secret, though one may be spelled like it. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]+");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

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

    /** The event without the known secrets; the same object when it holds none. */
    public static RunEvent redacted(RunEvent event, KnownSecrets secrets) {
        return secrets.none() ? event : rewritten(event,
                text -> NAME.matcher(text).matches() && secrets.isOne(text) ? text : secrets.hide(text));
    }

    /** The event with its texts changed, but for those that are paths; the same object when there is nothing to change. */
    public static RunEvent rewritten(RunEvent event, UnaryOperator<String> change) {
        JsonNode node = JSON.valueToTree(event);
        if (!EventTexts.change(node, change)) {
            return event;
        }
        try {
            return JSON.treeToValue(node, event.getClass());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event with other texts is no event any more", e);
        }
    }

    /** Empty for an event of a type that this version does not know. */
    static Optional<Entry> decode(String line) throws JsonProcessingException {
        JsonNode node = JSON.readTree(line);
        if (!node.path("seq").isIntegralNumber() || !node.path("seq").canConvertToLong() || node.path("seq").asLong() < 1
                || !node.hasNonNull("at") || !node.hasNonNull("type")) {
            throw new IncompleteLine();
        }
        Instant at = Instant.parse(node.get("at").asText());
        if (at.isBefore(Instant.EPOCH) || at.isAfter(LATEST)) {
            throw new IncompleteLine();
        }
        Class<?> type = TYPES.get(node.get("type").asText());
        if (type == null) {
            return Optional.empty();
        }
        RunEvent event = (RunEvent) JSON.treeToValue(node.get("event"), type);
        if (!Completeness.of(event)) {
            throw new IncompleteLine();
        }
        return Optional.of(new Entry(node.get("seq").asLong(), at, event));
    }

    /** The number of an entry whose event this version does not know. */
    static long sequence(String line) {
        try {
            return JSON.readTree(line).path("seq").asLong();
        } catch (JsonProcessingException e) {
            return 0;
        }
    }

    /** A line that is JSON but not an entry. */
    static final class IncompleteLine extends JsonProcessingException {
        private static final long serialVersionUID = 1L;

        IncompleteLine() {
            super("not an entry of a journal");
        }
    }
}
