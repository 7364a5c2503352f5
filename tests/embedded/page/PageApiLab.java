package embedded.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import embedded.daemon.DaemonSettings.PortName;
import embedded.daemon.Running;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** An engine with a day of runs, asked as its page asks. */
abstract class PageApiLab {
    @TempDir
    static Path folder;
    static Running engine;
    static List<PaRuns> runs;

    @BeforeAll
    static void start() throws Exception {
        engine = Running.in(folder);
        runs = PaRuns.day(20, System.currentTimeMillis() * 1_000_000);
        for (PaRuns run : runs) {
            run.sendTo(engine);
        }
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    static JsonArray array(String path) throws Exception {
        return JsonParser.parseString(engine.get(path).body()).getAsJsonArray();
    }

    static JsonObject object(String path) throws Exception {
        return JsonParser.parseString(engine.get(path).body()).getAsJsonObject();
    }

    static JsonArray listed(String query) throws Exception {
        return object("/api/runs?" + query).getAsJsonArray("runs");
    }

    static int delete(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(engine.uri(PortName.PAGE, path)).DELETE();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    static int count(String text, String word) {
        return text.split(word, -1).length - 1;
    }

    static JsonObject find(JsonArray rows, String traceId) {
        for (JsonElement row : rows) {
            if (row.getAsJsonObject().get("traceId").getAsString().equals(traceId)) {
                return row.getAsJsonObject();
            }
        }
        throw new AssertionError("not listed: " + traceId);
    }

    static long total(JsonObject panels, String panel, String label) {
        double total = 0;
        for (JsonElement line : panels.getAsJsonArray(panel)) {
            if (label == null || line.getAsJsonObject().get("label").getAsString().equals(label)) {
                total += line.getAsJsonObject().get("total").getAsDouble();
            }
        }
        return Math.round(total);
    }
}
