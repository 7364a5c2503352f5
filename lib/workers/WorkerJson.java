package workers;

import agent.Usd;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads JSON from a worker: the one place for all workers. It limits the length of a text and of a number, the depth of nesting,
 * and the range of every figure. {@code 1e9999999} is a valid JSON number, and {@link BigDecimal} needs minutes to add it. So
 * fractions are read as {@code double}, and a figure outside of its range is ignored.
 */
public final class WorkerJson {
    /** A single value longer than this makes its line invalid; {@link RecordReader} cuts texts earlier. */
    public static final int MAX_VALUE = 4 << 20;
    /** Digits of a number; real ones have 17. */
    private static final int MAX_DIGITS = 100;
    private static final int MAX_DEPTH = 100;
    /** Tokens, milliseconds, turns: a higher number in one round is a mistake of the sender. */
    private static final long MAX_COUNT = 1_000_000_000_000L;
    private static final double MAX_USD = 1_000_000;
    /** Ten decimal places: enough for the price of a token, without the rounding errors of the sender's binary fractions. */
    private static final int USD_SCALE = 10;
    private static final int LOWEST_STATUS = 100;
    private static final int HIGHEST_STATUS = 599;
    /** In seconds, this would be the year 5138. */
    private static final long LEAST_MILLIS = 100_000_000_000L;
    /** The year 9999. */
    private static final long MAX_EPOCH_SECOND = 253_370_764_800L;

    /** Field names are not interned: a worker may send new and long names in each line. */
    public static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_VALUE).maxNumberLength(MAX_DIGITS).maxNestingDepth(MAX_DEPTH)
                    .maxDocumentLength(-1).build()).build());

    private WorkerJson() {}

    /** A count; 0 when it is missing, negative or out of range. */
    public static long count(JsonNode node) {
        double value = node.isNumber() ? node.doubleValue() : 0;
        return value > 0 && value <= MAX_COUNT ? (long) value : 0;
    }

    /** An amount of money; empty when it is missing, negative or out of range. */
    public static Optional<Usd> usd(JsonNode node) {
        double value = node.isNumber() ? node.doubleValue() : -1;
        return value >= 0 && value <= MAX_USD
                ? Optional.of(new Usd(BigDecimal.valueOf(value).setScale(USD_SCALE, RoundingMode.HALF_UP))) : Optional.empty();
    }

    /** An HTTP status; empty when it is none. */
    public static OptionalInt status(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= LOWEST_STATUS
                && node.intValue() <= HIGHEST_STATUS ? OptionalInt.of(node.intValue()) : OptionalInt.empty();
    }

    /** A time in seconds since 1970, or in milliseconds if it is too large for seconds; empty when it is out of range. */
    public static Optional<Instant> time(JsonNode node) {
        double value = node.isNumber() ? node.doubleValue() : 0;
        double seconds = value >= LEAST_MILLIS ? value / 1000 : value;
        return seconds > 0 && seconds < MAX_EPOCH_SECOND ? Optional.of(Instant.ofEpochSecond((long) seconds)) : Optional.empty();
    }
}
