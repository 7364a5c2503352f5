package launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import contract.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        List<String> command = new ArrayList<>(List.of(Repository.root().resolve("jbang").toString(), "--quiet"));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(shared, "out", "");
        Path err = Files.createTempFile(shared, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("JBANG_DIR", shared.resolve("jbang").toString());
        builder.environment().put("XDG_STATE_HOME", shared.resolve("state").toString());
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

    @Test
    void exitCodesComeThrough() throws Exception {
        Result result = jbang(elsewhere, Repository.root().resolve("pa.java").toString(), "--no-such-option");
        assertEquals(2, result.exitCode(), result.toString());
        assertFalse(result.err().contains("\tat "), result.toString());
    }

    /** A first run that says its version archives little; a run that does more sees to it that the next archives all. */
    @Test
    void classesAreArchivedOnceAndABrokenArchiveDoesNoHarm() throws Exception {
        says(PA, Repository.root(), "pa", "--version");
        Path archive = archive();
        says(PA, Repository.root(), "pa", "--version");
        long versionOnly = Files.size(archive);
        String[] run = {Repository.root().resolve("pa.java").toString(), "--rehearse", "--no-telemetry", "--display", "plain",
            "say hello"};
        for (int i = 0; i < 2; i++) {
            assertEquals(0, jbang(Files.createDirectory(elsewhere.resolve("run" + i)), run).exitCode());
        }
        long whole = Files.size(archive);
        assertTrue(whole > 2 * versionOnly, versionOnly + " and then " + whole);
        Object node = Files.getAttribute(archive, "unix:ino");
        assertEquals(0, jbang(Files.createDirectory(elsewhere.resolve("run2")), run).exitCode());
        assertEquals(node, Files.getAttribute(archive, "unix:ino"), "archived once more");

        Files.delete(archive);
        Files.writeString(archive, "no archive at all");
        Result help = jbang(Repository.root(), "pa", "--help");
        assertEquals(0, help.exitCode(), help.toString());
        assertTrue(help.out().startsWith("Usage: pa"), help.toString());
        assertFalse((help.out() + help.err()).contains("[warning]"), help.toString());
        Files.delete(archive);
    }

    private static Path archive() throws IOException {
        try (Stream<Path> files = Files.walk(shared.resolve("jbang"))) {
            List<Path> archives = files.filter(file -> file.getFileName().toString().equals("pa.jsa")).toList();
            assertEquals(1, archives.size(), archives.toString());
            return archives.get(0);
        }
    }
}
