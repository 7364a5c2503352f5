package embedded.page;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The page's own files, from the class path. Every other path returns the page itself, so that deep links work. */
final class PageFiles {
    private static final String FOLDER = "/embedded/page/";
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final String INDEX = FOLDER + "index.html";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    private static final List<String> SCRIPTS = List.of("app", "charts", "compare", "detail", "dom", "format", "labels", "logs",
            "messages", "metrics", "otlp", "overview", "range", "ribbon", "runs", "status", "story", "storyview", "trace",
            "traces", "trends", "waterfall");

    /** Only these files are read: the path of a request never reaches the class path. */
    private static final Map<String, Resource> FILES = files();

    private static Map<String, Resource> files() {
        Map<String, Resource> files = new HashMap<>();
        for (String script : SCRIPTS) {
            files.put("/page/" + script + ".js", new Resource(FOLDER + script + ".js", SCRIPT));
        }
        files.put("/page/page.css", new Resource(FOLDER + "page.css", STYLE));
        files.put("/page/icon.svg", new Resource(FOLDER + "icon.svg", "image/svg+xml"));
        files.put("/lib/uPlot.esm.js", new Resource(UPLOT + "uPlot.esm.js", SCRIPT));
        files.put("/lib/uPlot.min.css", new Resource(UPLOT + "uPlot.min.css", STYLE));
        return Map.copyOf(files);
    }

    private record Resource(String name, String type) {}

    /** A placeholder in the page for the user's command. */
    private static final String PROGRAM = "%PROGRAM%";

    private final Map<String, Buffer> loaded = new ConcurrentHashMap<>();
    private final String program;

    /** @param program the command for a program from any folder, with {@code %s} for its name */
    PageFiles(String program) {
        this.program = program;
    }

    Answer answer(String path) {
        Resource file = FILES.get(path);
        if (file != null) {
            return new Answer(200, file.type, load(file.name));
        }
        if (path.startsWith("/page/") || path.startsWith("/lib/")) {
            return Answer.notFound("this file does not exist");
        }
        String index = load(INDEX).toString(StandardCharsets.UTF_8);
        return new Answer(200, "text/html; charset=utf-8", Buffer.buffer(index.replace(PROGRAM, escaped(program))));
    }

    /** Escaped for the value of an attribute. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }

    private Buffer load(String name) {
        return loaded.computeIfAbsent(name, resource -> {
            try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalStateException("not on the class path: " + resource);
                }
                return Buffer.buffer(in.readAllBytes());
            } catch (IOException e) {
                throw new IllegalStateException("cannot be read: " + resource, e);
            }
        });
    }
}
