package embedded.query;

import static embedded.intake.Otlp.attribute;
import static embedded.intake.Otlp.span;
import static embedded.intake.Otlp.traces;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import embedded.daemon.Running;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The size of an answer is limited, and a shortened answer says so. */
class LargeAnswersTest {
    private static final String TRACE = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    @Test
    void aTraceThatIsTooLargeToShowSaysHowMuchOfItIsShown() throws Exception {
        String text = "x".repeat(1 << 20);
        try (Running engine = Running.in(folder)) {
            for (int i = 1; i <= 12; i++) {
                Span.Builder span = span(TRACE, String.format("%016x", i), "large", i, i + 1)
                        .addAttributes(attribute("text", text));
                engine.send(traces("x", span.build()));
                if (i == 3) {
                    assertFalse(trace(engine).has("truncated"), "small enough");
                }
            }
            JsonObject cut = trace(engine).getAsJsonObject("truncated");
            assertEquals(12, cut.get("stored").getAsInt());
            assertTrue(cut.get("shown").getAsInt() >= 8 && cut.get("shown").getAsInt() < 12, cut.toString());
        }
    }

    private static JsonObject trace(Running engine) throws Exception {
        return JsonParser.parseString(engine.get("/api/traces/" + TRACE).body()).getAsJsonObject();
    }
}
