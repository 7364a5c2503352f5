package journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;

/**
 * Numbers of a journal, within what can be calculated with. A journal may be damaged, or not be ours: {@code 1e9999999} is a
 * small text and a number that no addition ever ends with. What is beyond is a line that cannot be read.
 */
final class Bounded {
    /** A million of them can be added up. */
    private static final long LARGEST = 1_000_000_000_000L;
    private static final int MOST_DIGITS = 40;
    private static final int MOST_DECIMALS = 30;
    private static final Duration LONGEST = Duration.ofDays(3_650);

    private Bounded() {}

    static Module module() {
        return new SimpleModule("bounds")
                .addDeserializer(Long.TYPE, new Whole())
                .addDeserializer(BigDecimal.class, new Amount())
                .addDeserializer(Duration.class, new Time())
                .addSerializer(Duration.class, new WrittenTime());
    }

    private static final class Whole extends JsonDeserializer<Long> {
        @Override
        public Long deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    || json.getLongValue() > LARGEST || json.getLongValue() < -LARGEST) {
                throw context.weirdStringException(json.getText(), Long.TYPE, "no number that can be counted with");
            }
            return json.getLongValue();
        }

        @Override
        public Long getNullValue(DeserializationContext context) {
            return 0L;
        }
    }

    private static final class Amount extends JsonDeserializer<BigDecimal> {
        @Override
        public BigDecimal deserialize(JsonParser json, DeserializationContext context) throws IOException {
            BigDecimal amount = json.currentToken().isNumeric() ? json.getDecimalValue() : null;
            // Neither of these calculates.
            if (amount == null || amount.precision() > MOST_DIGITS || amount.scale() > MOST_DECIMALS
                    || (long) amount.precision() - amount.scale() > MOST_DIGITS) {
                throw context.weirdStringException(json.getText(), BigDecimal.class, "no amount that can be added");
            }
            return amount;
        }
    }

    private static final class Time extends JsonDeserializer<Duration> {
        @Override
        public Duration deserialize(JsonParser json, DeserializationContext context) throws IOException {
            try {
                Duration time = Duration.parse(json.getText());
                if (!time.isNegative() && time.compareTo(LONGEST) <= 0) {
                    return time;
                }
            } catch (DateTimeException | ArithmeticException e) {
                // Said below, with those that are too long.
            }
            throw context.weirdStringException(json.getText(), Duration.class, "no time that a run takes");
        }
    }

    /** What cannot be read again is not written: a clock that was set back while something went on must not cost its line. */
    private static final class WrittenTime extends JsonSerializer<Duration> {
        @Override
        public void serialize(Duration time, JsonGenerator json, SerializerProvider provider) throws IOException {
            Duration written = time.isNegative() ? Duration.ZERO : time.compareTo(LONGEST) > 0 ? LONGEST : time;
            json.writeString(written.toString());
        }
    }
}
