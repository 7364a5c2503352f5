package launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import contract.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runner.Repository;

/** {@code ./jbang} and the catalog, as people reach the tools: in the checkout, below it, from elsewhere, and over HTTP. */
class LauncherTest {
    private static final String PA = "pa " + Product.VERSION;
    private static final String STACK = "stack " + Product.VERSION;

    @TempDir static Path shared;
    @TempDir Path elsewhere;

    private record Result(int exitCode, String out, String err) {}

    /** Runs the launcher with JBang's own folder apart from the user's; the folder is shared, so that each script builds once. */
    private static Result jbang(Path directory, String... arguments) throws IOException, InterruptedException {
        return jbang(directory, Map.of(), arguments);
    }

    private static Result jbang(Path directory, Map<String, String> environment, String... arguments) throws IOException,
            InterruptedException {
        List<String> command = new ArrayList<>(List.of(Repository.root().resolve("jbang").toString(), "--quiet"));
        command.addAll(List.of(arguments));
        return run(directory, environment, command);
    }

    private static Result run(Path directory, Map<String, String> environment, List<String> command) throws IOException,
            InterruptedException {
        Path out = Files.createTempFile(shared, "out", "");
        Path err = Files.createTempFile(shared, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("JBANG_DIR", shared.resolve("jbang").toString());
        builder.environment().put("XDG_STATE_HOME", shared.resolve("state").toString());
        builder.environment().put("AGENTPROXY_CLASS_ARCHIVE", "off");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), () -> "jbang did not end: " + command);
        return new Result(process.exitValue(), Files.readString(out).strip(), Files.readString(err));
    }

    private static void says(String expected, Path directory, String... arguments) throws IOException, InterruptedException {
        Result result = jbang(directory, arguments);
        assertEquals(0, result.exitCode(), result.toString());
        assertEquals(expected, result.out(), result.toString());
    }

    @Test
    void inTheCheckoutAndBelowItAlsoBesideAFolderNamedStack() throws Exception {
        Path root = Repository.root();
        says(PA, root, "pa", "--version");
        says(STACK, root, "stack", "--version");
        says(PA, root.resolve("tests/launch"), "pa", "--version");
        says(STACK, root.resolve("lib"), "stack", "--version");
    }

    @Test
    void fromElsewhereThroughARegisteredCatalog() throws Exception {
        Files.createDirectory(elsewhere.resolve("stack"));
        String catalog = Repository.root().resolve("jbang-catalog.json").toString();
        assertEquals(0, jbang(elsewhere, "catalog", "add", "--global", "--force", "--import", "--name", "catalog", catalog).exitCode());
        says(PA, elsewhere, "pa", "--version");
        says(PA, elsewhere, "pa@catalog", "--version");
        says(STACK, elsewhere, "stack", "--version");
        assertEquals(0, jbang(elsewhere, "catalog", "remove", "--global", "catalog").exitCode());
    }

    /** Proves that nothing needs a glob or the checkout's working directory: files come one by one, also those that are data. */
    @Test
    void fromACatalogOverPlainHttp() throws Exception {
        HttpServer server = HttpServer.create(new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Path file = Repository.root().resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
            boolean found = file.startsWith(Repository.root()) && Files.isRegularFile(file);
            byte[] body = found ? Files.readAllBytes(file) : new byte[0];
            exchange.sendResponseHeaders(found ? 200 : 404, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        try {
            assertEquals(0, jbang(elsewhere, "trust", "add", base).exitCode());
            assertEquals(0, jbang(elsewhere, "catalog", "add", "--global", "--force", "--import", "--name", "web",
                    base + "jbang-catalog.json").exitCode());
            Result run = jbang(elsewhere, "pa@web", "--rehearse", "--no-telemetry", "--display", "plain", "say hello");
            assertEquals(0, run.exitCode(), run.toString());
            assertTrue(run.err().contains("REHEARSAL"), run.toString());
            says(STACK, elsewhere, "stack@web", "--version");
        } finally {
            assertEquals(0, jbang(elsewhere, "catalog", "remove", "--global", "web").exitCode());
            server.stop(0);
        }
    }

    /** By its own name where the PATH leads to it, else with the folder that was typed: a hint can be pasted as it stands. */
    @Test
    void aLinkIsNamedInHintsAsItWasCalled() throws Exception {
        Path link = Files.createSymbolicLink(elsewhere.resolve("pa"), Repository.root().resolve("jbang"));
        Result byPath = run(elsewhere, Map.of(), List.of("./pa", "sesions"));
        assertEquals(2, byPath.exitCode(), byPath.toString());
        assertTrue(byPath.err().contains(" ./pa sessions"), byPath.toString());
        Result byName = run(elsewhere, Map.of("PATH", elsewhere + ":" + System.getenv("PATH")), List.of(link.toString(), "sesions"));
        assertTrue(byName.err().contains(": pa sessions"), byName.toString());
    }

    @Test
    void exitCodesComeThrough() throws Exception {
        Result result = jbang(elsewhere, Repository.root().resolve("pa.java").toString(), "--no-such-option");
        assertEquals(2, result.exitCode(), result.toString());
        assertFalse(result.err().contains("\tat "), result.toString());
    }

    /** The launcher lets the program show what it needs, in the background, and later starts find all of it in the archive. */
    @Test
    void classesAreArchivedInTheBackgroundAndABrokenArchiveDoesNoHarm() throws Exception {
        Path cache = Files.createDirectory(elsewhere.resolve("cache"));
        Files.createDirectories(cache.resolve("agentproxy"));
        Files.createSymbolicLink(cache.resolve("agentproxy/jbang"), userCache().resolve("agentproxy/jbang"));
        Map<String, String> archiving = Map.of("XDG_CACHE_HOME", cache.toString(), "AGENTPROXY_CLASS_ARCHIVE", "on");
        for (String[] start : new String[][] {{"pa", "--help"}, {"pa", "sessions"}, {"stack", "--help"},
            {"stack", "status", "--engine", "embedded"}}) {
            Path archive = archive(cache, archiving, start[0]);
            Path log = Files.createTempFile(elsewhere, "classes", "");
            Result result = remembered(archive, log, start);
            List<String> loaded = Files.readAllLines(log);
            List<String> read = loaded.stream().filter(line -> !line.contains("shared objects file")).toList();
            assertTrue(loaded.size() > 900, result + " " + loaded.size());
            // The JVM makes some classes of its own at every start, for annotations.
            assertTrue(read.size() < 40, String.join(" ", start) + ": " + read.size() + " are not in " + archive + "\n"
                    + String.join("\n", read));
        }
        Path archive = archive(cache, archiving, "pa");
        Files.delete(archive);
        Files.writeString(archive, "no archive at all");
        Result help = jbang(Repository.root(), archiving, "pa", "--help");
        assertEquals(0, help.exitCode(), help.toString());
        assertTrue(help.out().startsWith("Usage: pa"), help.toString());
        assertFalse((help.out() + help.err()).contains("[warning]"), help.toString());
    }

    /** What the launcher executes, with the JVM telling where each class comes from. */
    private Result remembered(Path archive, Path log, String... start) throws Exception {
        String memory = archive.toString().replaceFirst("\\.\\d+\\.jsa$", ".sh");
        List<String> command = new ArrayList<>(List.of("sh", "-c", ". '" + memory + "'; eval \"exec $(printf %s \"$classes_line\""
                + " | sed 's#-Xlog:disable#-Xlog:class+load:file=" + log + "#') \\\"\\$@\\\"\"", "sh"));
        command.addAll(List.of(start).subList(1, start.length));
        ProcessBuilder builder = new ProcessBuilder(command).directory(elsewhere.toFile()).redirectErrorStream(true)
                .redirectOutput(elsewhere.resolve("said").toFile());
        builder.environment().put("XDG_STATE_HOME", shared.resolve("state").toString());
        Process process = builder.start();
        process.getOutputStream().close();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), () -> "does not end: " + command);
        return new Result(process.exitValue(), Files.readString(elsewhere.resolve("said")), "");
    }

    /** Starts the program until its archive is there. */
    private static Path archive(Path cache, Map<String, String> environment, String program) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (System.nanoTime() < deadline) {
            try (Stream<Path> files = Files.walk(cache)) {
                Optional<Path> archive = files.filter(file -> file.toString().matches(".*/" + program + "\\.java\\.\\d+\\.jsa"))
                        .findFirst();
                if (archive.isPresent()) {
                    return archive.get();
                }
            } catch (UncheckedIOException e) {
                // A file of the background's came and went.
                continue;
            }
            assertEquals(0, jbang(Repository.root(), environment, program, "--version").exitCode());
            TimeUnit.SECONDS.sleep(1);
        }
        throw new AssertionError("no archive of " + program);
    }

    private static Path userCache() {
        return Path.of(System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache"));
    }
}
