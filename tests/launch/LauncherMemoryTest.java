package launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runner.Repository;

/**
 * The launcher executes the command line that JBang printed last time, and never when anything that it came from has changed.
 * Tried with a small checkout: the real launcher and JBang, and a {@code pa} that says what it was given. To see which way was
 * taken, the remembered command line is replaced by one that says {@code REMEMBERED}.
 */
class LauncherMemoryTest {
    private static final int PATIENCE = 20;

    @TempDir static Path shared;
    private static Path root;
    private static Map<String, String> environment;

    private record Result(int exitCode, String out, String err) {}

    @BeforeAll
    static void checkout() throws IOException {
        root = Files.createDirectory(shared.resolve("check out")).toRealPath();
        Files.copy(Repository.root().resolve("jbang"), root.resolve("jbang"));
        assertTrue(root.resolve("jbang").toFile().setExecutable(true));
        Files.copy(Repository.root().resolve("jbang-catalog.json"), root.resolve("jbang-catalog.json"));
        Files.createDirectories(root.resolve("lib/words"));
        Files.createDirectories(root.resolve("stack"));
        Files.createDirectories(root.resolve("tests"));
        Files.writeString(root.resolve("pa.java"), """
                //JAVA 17+
                //SOURCES lib/words/Words.java
                class pa {
                    public static void main(String... arguments) {
                        System.out.println(words.Words.FIRST);
                        for (String argument : arguments) {
                            System.out.println("[" + argument + "]");
                        }
                        System.exit(arguments.length);
                    }
                }
                """);
        environment = new TreeMap<>(Map.of("XDG_CACHE_HOME", shared.resolve("cache").toString(), "JBANG_DIR",
                shared.resolve("jbang-home").toString()));
        bringJBang();
    }

    @BeforeEach
    void remembered() throws IOException, InterruptedException {
        if (Files.notExists(source()) || !Files.readString(source()).equals(text("one"))) {
            word("one");
        }
        remember();
    }

    @Test
    void argumentsComeThroughAsTheyAre() throws Exception {
        String[] arguments = {"it's", "two words", "", "$HOME", "\"q\"", "*", "back\\slash", "--quiet", "ü"};
        Result asked = jbang(root, "pa", arguments);
        assertEquals(arguments.length, asked.exitCode(), asked.toString());
        List<String> expected = new ArrayList<>(List.of("one"));
        Stream.of(arguments).forEach(argument -> expected.add("[" + argument + "]"));
        assertEquals(expected, asked.out().lines().toList(), asked.toString());
        assertEquals("", asked.err());
    }

    @Test
    void fromAFolderBelowAndByAnyOfItsNames() throws Exception {
        poison();
        for (String name : List.of("pa", "jbang-pa", "pa.java", root.resolve("pa.java").toString())) {
            assertEquals("REMEMBERED x", jbang(root, name, "x").out().strip(), name);
        }
        assertEquals("REMEMBERED x", jbang(root.resolve("lib"), "pa", "x").out().strip());
        assertEquals("REMEMBERED x", run(root, List.of(root.resolve("jbang").toString(), "pa", "x")).out().strip());
    }

    @Test
    void anEditOfASource() throws Exception {
        poison();
        word("two");
        assertEquals("two", first(jbang(root, "pa")));
    }

    @Test
    void anEditThatKeepsSizeAndTime() throws Exception {
        Path source = source();
        FileTime time = Files.getLastModifiedTime(source);
        poison();
        word("two");
        Files.setLastModifiedTime(source, time);
        assertEquals("two", first(jbang(root, "pa")));
    }

    @Test
    void anOlderFileInItsPlace() throws Exception {
        Path older = Files.writeString(shared.resolve("older"), text("old"));
        Files.setLastModifiedTime(older, FileTime.fromMillis(1_000_000_000_000L));
        poison();
        Files.move(older, source(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertEquals("old", first(jbang(root, "pa")));
    }

    @Test
    void filesThatComeAndGo() throws Exception {
        Path more = root.resolve("lib/words/More.java");
        for (Change change : List.<Change>of(() -> Files.writeString(more, "package words; class More {}"),
                () -> Files.delete(more))) {
            poison();
            change.make();
            assertEquals("one", first(jbang(root, "pa")));
            remember();
        }
    }

    @Test
    void theCatalogAndTheLauncherItself() throws Exception {
        for (String file : List.of("jbang-catalog.json", "jbang")) {
            poison();
            Files.writeString(root.resolve(file), Files.readString(root.resolve(file)) + "\n");
            assertEquals("one", first(jbang(root, "pa")), file);
            remember();
        }
    }

    @Test
    void theProgramsJarAndWhatJBangIs() throws Exception {
        for (String name : List.of("pa.jar", "jbang-cli-.*-all\\.jar")) {
            poison();
            try (Stream<Path> files = Files.walk(shared)) {
                for (Path file : files.filter(one -> one.getFileName().toString().matches(name)).toList()) {
                    Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - 5000));
                }
            }
            assertEquals("one", first(jbang(root, "pa")), name);
            remember();
        }
    }

    @Test
    void anotherJava() throws Exception {
        poison();
        environment.put("JAVA_HOME", System.getProperty("java.home") + "/.");
        try {
            assertEquals("one", first(jbang(root, "pa")));
        } finally {
            environment.remove("JAVA_HOME");
        }
    }

    @Test
    void whatCouldMeanSomethingElseHere() throws Exception {
        Path folder = Files.createDirectories(root.resolve("tests/deep/er"));
        Path other = Files.writeString(shared.resolve("arguments"), "from a file");
        poisonAgain();
        assertEquals("REMEMBERED", jbang(folder, "pa").out().strip());
        for (String name : List.of("tests/deep/er/pa", "tests/deep/jbang-catalog.json", "tests/deep/er/jbang-pa.java",
                "tests/deep/jbang.properties", "tests/deep/.jbang/jbang-catalog.json")) {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name.endsWith("json") ? "{}" : "");
            assertFalse(jbang(folder, "pa").out().contains("REMEMBERED"), name);
            Files.delete(file);
            if (name.contains(".jbang/")) {
                Files.delete(file.getParent());
            }
        }
        assertEquals("REMEMBERED", jbang(folder, "pa").out().strip());
        assertEquals(List.of("one", "[from]", "[a]", "[file]"), jbang(root, "pa", "@" + other).out().lines().toList());
    }

    @Test
    void severalAtOnceAndAnEditMeanwhile() throws Exception {
        word("six");
        List<Process> all = new ArrayList<>();
        List<Path> outs = new ArrayList<>();
        List<Path> errs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Path out = Files.createTempFile(shared, "out", "");
            outs.add(out);
            errs.add(Files.createTempFile(shared, "err", ""));
            all.add(start(root, List.of("./jbang", "--quiet", "pa"), out, errs.get(i)));
        }
        for (int i = 0; i < all.size(); i++) {
            assertTrue(all.get(i).waitFor(3, TimeUnit.MINUTES));
            int number = i;
            assertEquals("six", Files.readString(outs.get(i)).strip(), () -> errs(errs.get(number)));
        }
        remember();
        assertEquals("six", first(jbang(root, "pa")));
    }

    @Test
    void sourcesThatDoNotCompileAreSaidOnceAndNothingIsRemembered() throws Exception {
        Files.writeString(source(), "package words; public class Words { nonsense }");
        Result failed = jbang(root, "pa");
        assertTrue(failed.exitCode() != 0, failed.toString());
        assertEquals(1, failed.err().split("nonsense }", -1).length - 1, failed.toString());
        assertTrue(jbang(root, "pa").exitCode() != 0);
        word("fixed");
        assertEquals("fixed", first(jbang(root, "pa")));
    }

    @Test
    void aLinkIsTheProgramInEveryFolder() throws Exception {
        Path elsewhere = Files.createDirectories(shared.resolve("elsewhere/bin"));
        Path link = elsewhere.resolve("pa");
        if (Files.notExists(link)) {
            Files.createSymbolicLink(elsewhere.resolve("between"), root.resolve("jbang"));
            Files.createSymbolicLink(link, Path.of("between"));
        }
        Result result = run(shared.resolve("elsewhere"), List.of(link.toString(), "a b"));
        assertEquals(List.of("one", "[a b]"), result.out().lines().toList(), result.toString());
    }

    private static String errs(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Change {
        void make() throws IOException;
    }

    private static Path source() {
        return root.resolve("lib/words/Words.java");
    }

    private static String text(String word) {
        return "package words; public class Words { public static final String FIRST = String.valueOf(\"" + word + "\"); }";
    }

    private static void word(String word) throws IOException {
        Files.writeString(source(), text(word));
    }

    private static Path memory() {
        return shared.resolve("cache/agentproxy/launch" + root + "/pa.java.sh");
    }

    /** The launcher remembers nothing while a file has changed within the last seconds; waiting costs less than trying again. */
    private static void settle() throws IOException, InterruptedException {
        List<String> changed = new ArrayList<>(List.of("find", "-L"));
        Stream.of("lib", "stack", "pa.java", "jbang").map(name -> root.resolve(name).toString()).forEach(changed::add);
        changed.addAll(List.of("-newerct", "2 seconds ago"));
        for (int i = 0; i < PATIENCE * 10; i++) {
            Process find = new ProcessBuilder(changed).start();
            if (find.getInputStream().readAllBytes().length == 0 && find.waitFor() == 0) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Runs it until the launcher remembers this state. */
    private static void remember() throws IOException, InterruptedException {
        settle();
        if (Files.exists(memory()) && Files.readString(memory()).contains("REMEMBERED")) {
            Files.delete(memory());
        }
        String before = Files.exists(memory()) ? Files.readString(memory()) : "";
        jbang(root, "pa");
        if (!before.isEmpty() && Files.readString(memory()).equals(before)) {
            // Perhaps it is good, perhaps it is of an earlier state: only a new one is sure.
            Files.delete(memory());
        }
        for (int i = 0; i < PATIENCE && Files.notExists(memory()); i++) {
            jbang(root, "pa");
            TimeUnit.MILLISECONDS.sleep(300);
        }
        assertTrue(Files.exists(memory()), "nothing is remembered");
    }

    private static void poison() throws IOException {
        String text = Files.readString(memory());
        Files.writeString(memory(), text.replaceFirst("(?m)^command_line=.*$", "command_line='echo REMEMBERED'"));
    }

    /** After a change that is not the one to be tried. */
    private static void poisonAgain() throws IOException, InterruptedException {
        remember();
        poison();
    }

    private static String first(Result result) {
        return result.out().lines().findFirst().orElse(result.toString());
    }

    private static Result jbang(Path folder, String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(folder.relativize(root).resolve("jbang").toString(), "--quiet", program));
        command.set(0, folder.equals(root) ? "./jbang" : command.get(0));
        command.addAll(List.of(arguments));
        return run(folder, command);
    }

    private static Result run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(shared, "out", "");
        Path err = Files.createTempFile(shared, "err", "");
        Process process = start(folder, command, out, err);
        assertTrue(process.waitFor(3, TimeUnit.MINUTES), () -> "does not end: " + command);
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static Process start(Path folder, List<String> command, Path out, Path err) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // Not the one that runs these tests, whose variables name another checkout's Java or folders.
        builder.environment().remove("JAVA_HOME");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /** The jar that the launcher has fetched already, if it has: these tests are not about fetching. */
    private static void bringJBang() {
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        try (Stream<Path> files = Files.walk(Path.of(cache, "agentproxy", "jbang"), 1)) {
            Path own = Files.createDirectories(shared.resolve("cache/agentproxy/jbang"));
            for (Path file : files.filter(one -> one.toString().endsWith("-all.jar")).toList()) {
                Files.copy(file, own.resolve(file.getFileName()));
            }
        } catch (IOException | UncheckedIOException e) {
            // The launcher fetches it then.
            return;
        }
    }
}
