package launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import process.Programs;
import runner.Repository;

/**
 * The launcher's third way, with neither JBang nor Maven: JBang's release, pinned and checked. The network is a stand-in: a
 * {@code curl} that gives a file of the test's, and a launcher whose pin is that file's sum.
 */
class LauncherReleaseTest {
    private static final List<String> TOOLS = List.of("sh", "ls", "cut", "cksum", "cat", "find", "mkdir", "mktemp", "sha256sum",
            "unzip", "mv", "rm", "cmp", "grep", "head", "sleep", "readlink", "tr", "java");

    @TempDir Path folder;
    private Path launcher;
    private Path given;
    private String version;

    private record Result(int exitCode, String out, String err) {}

    @BeforeEach
    void checkout() throws Exception {
        String script = Files.readString(Repository.root().resolve("jbang"));
        Matcher pin = Pattern.compile("(?m)^version=(\\S+)$").matcher(script);
        assertTrue(pin.find());
        version = pin.group(1);
        given = Files.write(folder.resolve("given.zip"), release("StandInJBang"));
        launcher = folder.resolve("jbang");
        Files.writeString(launcher, script.replaceFirst("(?m)^release_sha256=.*$", "release_sha256=" + sum(given)));
        assertTrue(launcher.toFile().setExecutable(true));
        Path bin = Files.createDirectory(folder.resolve("bin"));
        for (String tool : TOOLS) {
            Path there = Programs.find(tool, folder, System.getenv()).orElseThrow(() -> new AssertionError("no " + tool));
            Files.writeString(bin.resolve(tool), "#!/bin/sh\nexec '" + there + "' \"$@\"\n");
            assertTrue(bin.resolve(tool).toFile().setExecutable(true));
        }
        Files.writeString(bin.resolve("curl"), "#!/bin/sh\necho \"$2\" >>'" + folder.resolve("fetched") + "'\ncat '" + given
                + "' >\"$4\"\n");
        assertTrue(bin.resolve("curl").toFile().setExecutable(true));
    }

    private byte[] release(String text) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setComment(text);
            zip.putNextEntry(new ZipEntry("jbang-" + version + "/bin/jbang.jar"));
            zip.write(jar());
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    private static byte[] jar() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandInJBang.class.getName());
        var bytes = new java.io.ByteArrayOutputStream();
        String entry = StandInJBang.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest);
                InputStream compiled = StandInJBang.class.getClassLoader().getResourceAsStream(entry)) {
            jar.putNextEntry(new ZipEntry(entry));
            compiled.transferTo(jar);
            jar.closeEntry();
        }
        return bytes.toByteArray();
    }

    private static String sum(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private Result launch() throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(folder.resolve("bin/sh").toString(), launcher.toString(), "version")
                .directory(folder.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("PATH", folder.resolve("bin").toString());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        builder.environment().put("JBANG_DIR", folder.resolve("jbang-home").toString());
        Process process = builder.start();
        process.getOutputStream().close();
        assertTrue(process.waitFor(3, TimeUnit.MINUTES));
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private long fetched() throws IOException {
        return Files.exists(folder.resolve("fetched")) ? Files.readAllLines(folder.resolve("fetched")).size() : 0;
    }

    private Path jarInCache() {
        return folder.resolve("cache/agentproxy/jbang/jbang-" + version + ".jar");
    }

    @Test
    void fetchesThePinnedReleaseOnce() throws Exception {
        for (int i = 0; i < 2; i++) {
            Result result = launch();
            assertEquals(0, result.exitCode(), result.toString());
            assertEquals("STAND-IN version", result.out().strip(), result.toString());
        }
        assertEquals(1, fetched());
        assertTrue(Files.readString(folder.resolve("fetched")).contains("/v" + version + "/jbang-" + version + ".zip"));
    }

    @Test
    void runsNothingOfAReleaseThatIsNotTheOneExpected() throws Exception {
        Files.write(given, release("another"));
        Result result = launch();
        assertEquals(1, result.exitCode(), result.toString());
        assertTrue(result.err().contains("SHA-256 differs"), result.toString());
        assertEquals("", result.out());
        assertFalse(Files.exists(jarInCache()));
        try (Stream<Path> files = Files.list(jarInCache().getParent())) {
            assertEquals(List.of(), files.toList(), "nothing of it stays");
        }
    }

    @Test
    void doesNotTrustWhatLiesInTheCache() throws Exception {
        launch();
        Files.writeString(jarInCache(), "something else");
        Result result = launch();
        assertEquals("STAND-IN version", result.out().strip(), result.toString());
        assertEquals(1, fetched(), "it was still in the archive");
    }
}
