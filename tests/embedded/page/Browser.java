package embedded.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A headless Chromium, driven through its DevTools protocol. */
final class Browser implements AutoCloseable {
    private static final List<String> PROGRAMS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    /** What the page complained about: exceptions, console errors, refused resources. */
    final List<String> complaints = new CopyOnWriteArrayList<>();
    /** Every address that was asked for. */
    final List<String> requested = new CopyOnWriteArrayList<>();

    private Browser(Process process, URI page) {
        this.process = process;
        socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(page, new Listener()).join();
        call("Page.enable");
        call("Runtime.enable");
        call("Log.enable");
        call("Network.enable");
    }

    /** Where a Chromium is; empty where there is none. */
    static Optional<Path> program() {
        return Stream.of(System.getenv("PATH").split(":")).flatMap(folder -> PROGRAMS.stream().map(name -> Path.of(folder,
                name)))
                .filter(Files::isExecutable).findFirst();
    }

    static Browser start(Path program, Path profile) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "--headless", "--no-sandbox", "--disable-gpu",
                "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-port=0",
                "--user-data-dir=" + profile, "about:blank").redirectErrorStream(true);
        builder.environment().put("HOME", profile.toString());
        Process process = builder.start();
        BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("DevTools listening on ")) {
                Thread drain = new Thread(() -> output.lines().forEach(said -> { }), "chromium-output");
                drain.setDaemon(true);
                drain.start();
                return new Browser(process, page(URI.create(line.substring("DevTools listening on ".length()).strip())));
            }
        }
        throw new IOException("chromium ended with " + process.waitFor());
    }

    private static URI page(URI browser) throws IOException, InterruptedException {
        String list = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                + browser.getPort()
                + "/json/list")).build(), HttpResponse.BodyHandlers.ofString()).body();
        for (JsonElement target : JsonParser.parseString(list).getAsJsonArray()) {
            if (target.getAsJsonObject().get("type").getAsString().equals("page")) {
                return URI.create(target.getAsJsonObject().get("webSocketDebuggerUrl").getAsString());
            }
        }
        throw new IOException("chromium has no page: " + list);
    }

    /** A command of the protocol with alternating names and values. */
    JsonObject call(String method, Object... parameters) {
        JsonObject values = new JsonObject();
        for (int i = 0; i < parameters.length; i += 2) {
            Object value = parameters[i + 1];
            values.add(parameters[i].toString(), value instanceof JsonElement json ? json
                    : value instanceof Boolean truth ? new com.google.gson.JsonPrimitive(truth)
                    : value instanceof Number n ? new com.google.gson.JsonPrimitive(n)
                    : new com.google.gson.JsonPrimitive(value.toString()));
        }
        JsonObject command = new JsonObject();
        int id = number.incrementAndGet();
        command.addProperty("id", id);
        command.addProperty("method", method);
        command.add("params", values);
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(command.toString(), true).join();
        JsonObject message = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (message.has("error")) {
            throw new IllegalStateException(method + ": " + message.get("error"));
        }
        return message.getAsJsonObject("result");
    }

    void open(String url) {
        call("Page.navigate", "url", url);
    }

    /** The value of an expression, as text. */
    String evaluate(String expression) {
        JsonObject result = call("Runtime.evaluate", "expression", expression, "returnByValue", true, "awaitPromise", true);
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
        }
        JsonElement value = result.getAsJsonObject("result").get("value");
        return value == null || value.isJsonNull() ? "" : value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }

    /** All text that a person sees. */
    String text() {
        return evaluate("document.body.innerText");
    }

    void waitFor(String condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        // While a page loads it has no body yet.
        String safely = "(() => { try { return Boolean(" + condition + ") } catch { return false } })()";
        while (!evaluate(safely).equals("true")) {
            // Somebody's new network interface makes Chromium give up what it loads; the page has not done anything wrong.
            if (complaints.removeIf(said -> said.contains("ERR_NETWORK_CHANGED"))) {
                call("Page.reload");
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("never became true: " + condition + "\n" + text() + "\n" + complaints);
            }
            Thread.sleep(50);
        }
    }

    void waitForText(String text) throws InterruptedException {
        waitFor("document.body.innerText.includes(" + new com.google.gson.JsonPrimitive(text) + ")");
    }

    void size(int width, int height) {
        call("Emulation.setDeviceMetricsOverride", "width", width, "height", height, "deviceScaleFactor", 1, "mobile",
                false);
    }

    /** {@code dark} or {@code light}, as the system would say. */
    void prefers(String scheme) {
        media("screen", scheme);
    }

    /** As on paper, on a system with this scheme. */
    void prints(String scheme) {
        media("print", scheme);
    }

    private void media(String medium, String scheme) {
        JsonObject feature = new JsonObject();
        feature.addProperty("name", "prefers-color-scheme");
        feature.addProperty("value", scheme);
        JsonArray features = new JsonArray();
        features.add(feature);
        call("Emulation.setEmulatedMedia", "media", medium, "features", features);
    }

    /** A key as a person presses it; {@code code} is its Windows virtual key code. */
    void press(String key, int code) {
        call("Input.dispatchKeyEvent", "type", "keyDown", "key", key, "windowsVirtualKeyCode", code);
        call("Input.dispatchKeyEvent", "type", "keyUp", "key", key, "windowsVirtualKeyCode", code);
    }

    void type(String text) {
        call("Input.insertText", "text", text);
    }

    void screenshot(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(call("Page.captureScreenshot", "format", "png").get("data")
                .getAsString()));
    }

    @Override
    public void close() {
        socket.abort();
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                JsonObject message = JsonParser.parseString(partial.toString()).getAsJsonObject();
                partial.setLength(0);
                if (message.has("id")) {
                    answers.remove(message.get("id").getAsInt()).complete(message);
                } else {
                    event(message.get("method").getAsString(), message.getAsJsonObject("params"));
                }
            }
            from.request(1);
            return null;
        }

        private void event(String method, JsonObject parameters) {
            switch (method) {
                case "Runtime.exceptionThrown" -> complaints.add(parameters.toString());
                case "Log.entryAdded" -> {
                    if (parameters.getAsJsonObject("entry").get("level").getAsString().equals("error")) {
                        complaints.add(parameters.toString());
                    }
                }
                case "Network.requestWillBeSent" ->
                    requested.add(parameters.getAsJsonObject("request").get("url").getAsString());
                default -> { }
            }
        }
    }
}
