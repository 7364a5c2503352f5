package embedded.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import embedded.Signal;
import embedded.daemon.Running;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An engine to which the requests in {@code tests/embedded/cases} are sent: what senders in the field do with identity and time. */
abstract class CasesLab {
    private static final Path CASES = Path.of("tests/embedded/cases");
    private static final Pattern TIME = Pattern.compile("@([+-]?[0-9.]+)@");

    @TempDir
    Path folder;

    Running engine;

    @BeforeEach
    void start() throws Exception {
        engine = Running.in(folder);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    /** Posts every request of a file; {@code @-60@} is a minute ago, in nanoseconds. */
    void send(String name) throws Exception {
        long now = System.currentTimeMillis() * 1_000_000;
        String text = TIME.matcher(Files.readString(CASES.resolve(name + ".json"))).replaceAll(match ->
                new BigDecimal(match.group(1)).movePointRight(9).toBigInteger().add(java.math.BigInteger.valueOf(now))
                        .toString());
        JsonElement json = JsonParser.parseString(text);
        List<JsonElement> requests = new ArrayList<>();
        if (json.isJsonArray()) {
            json.getAsJsonArray().forEach(requests::add);
        } else {
            requests.add(json);
        }
        for (JsonElement request : requests) {
            Signal signal = request.getAsJsonObject().has("resourceSpans") ? Signal.TRACES
                    : request.getAsJsonObject().has("resourceMetrics") ? Signal.METRICS : Signal.LOGS;
            HttpResponse<byte[]> answer = engine.post(signal, Running.JSON, request.toString()
                    .getBytes(StandardCharsets.UTF_8));
            assertEquals(200, answer.statusCode());
            assertEquals("{}", new String(answer.body(), StandardCharsets.UTF_8));
        }
    }
}
