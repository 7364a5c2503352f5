package reasoning;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads and writes the JSON of models' APIs: the one place for all of them. It limits the length of a text and of a number, the depth
 * of nesting, and the range of every figure.
 */
public final class ModelJson {
    /** Digits of a number; real ones have 17. */
    private static final int MAX_DIGITS = 100;
    private static final int MAX_DEPTH = 200;
    /** Of a field's name; names are not interned, because each answer may contain new ones. */
    private static final int MAX_NAME = 1000;
    /** Tokens: a higher number in one answer is a mistake of the sender. */
    private static final long MAX_COUNT = 1_000_000_000_000L;

    /** Unknown fields are ignored, absent ones are not written, and numbers are written back exactly as they were read. */
    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(MAX_DIGITS).maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(MAX_NAME).build()).build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .defaultPropertyInclusion(JsonInclude.Value.construct(Include.NON_NULL, Include.NON_NULL))
            .build();

    private ModelJson() {}

    /** A body as a tree; empty when it is not JSON, or contains a number out of range. */
    public static Optional<JsonNode> tree(byte[] body) {
        try {
            return Optional.ofNullable(MAPPER.readTree(body)).filter(node -> !node.isMissingNode());
        } catch (IOException | ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A count; 0 when it is missing (null), negative or out of range. */
    public static long count(JsonNode node) {
        double value = node != null && node.isNumber() ? node.doubleValue() : 0;
        return value > 0 && value <= MAX_COUNT ? (long) value : 0;
    }

    /** For our own records, which can always be written. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getSimpleName(), e);
        }
    }
}
