package console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is printed as a next step can be pasted into the shell that pa was called from. */
class ProgramNameTest {
    private final ProgramName checkout = ProgramName.of(Map.of("AGENTPROXY_LAUNCHER", "./jbang"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "to go on: pa resume 20261122-1 | to go on: ./jbang pa resume 20261122-1",
        "fix that, then: pa resume x; or pa --rehearse | fix that, then: ./jbang pa resume x; or ./jbang pa --rehearse",
        "a task from a file: pa - < task.txt | a task from a file: ./jbang pa - < task.txt",
        "run one: pa \"task\" | run one: ./jbang pa \"task\"",
        "stack logs grafana; stack up | ./jbang stack logs grafana; ./jbang stack up",
        "eval \"$(jbang stack env)\" and then jbang pa \"…\" | eval \"$(./jbang stack env)\" and then ./jbang pa \"…\"",
        "./jbang pa show | ./jbang pa show",
        "the spa show, a stack of cards, pa is fine | the spa show, a stack of cards, pa is fine",
        "call-stack up, /opt/pa show, stack uploads | call-stack up, /opt/pa show, stack uploads"})
    void commandsAreCalledAsTheProgramWas(String written, String printed) {
        assertEquals(printed, checkout.in(written));
    }

    @Test
    void withoutALauncherOfOursJBangIsOnThePath() {
        assertEquals("jbang pa show", ProgramName.of(Map.of(), Path.of("/")).in("pa show"));
        assertEquals("pa show", ProgramName.of(Map.of("AGENTPROXY_LAUNCHER", "")).in("pa show"));
        assertEquals("'/a b/jbang' pa show", ProgramName.of(Map.of("AGENTPROXY_LAUNCHER", "/a b/jbang")).in("pa show"));
    }

    @Test
    void aProgramThatWasCalledByItsPathIsNamedByIt() {
        assertEquals("then /home/me/bin/pa show; eval \"$(/home/me/bin/stack env)\"",
                ProgramName.of(Map.of("AGENTPROXY_LAUNCHER", "/home/me/bin/")).in("then pa show; eval \"$(jbang stack env)\""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{`catalogs`: {`ours`: {`catalog-ref`: `CHECKOUT`, `import`: true}}}| jbang pa show",
        "{`catalogs`: {`ours`: {`catalog-ref`: `CHECKOUT`}}}| jbang pa@ours show",
        "{`catalogs`: {`other`: {`catalog-ref`: `/nowhere`}, `ours`: {`catalog-ref`: `CHECKOUT`}}}| jbang pa@ours show",
        "{`catalogs`: {`only`: {`catalog-ref`: `https://example.org/jbang-catalog.json`}}}| jbang pa@only show",
        "{`aliases`: {`pa`: {`script-ref`: `/somewhere/pa.java`}}}| jbang pa show",
        "not JSON| jbang pa show"})
    void jbangFindsItByTheNameThatItsCatalogsHave(String catalog, String printed, @TempDir Path folder) throws IOException {
        Path ours = Files.writeString(folder.resolve("ours.json"),
                "{\"aliases\": {\"pa\": {\"script-ref\": \"pa.java\"}}}");
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.writeString(home.resolve("jbang-catalog.json"), catalog.replace('`', '"').replace("CHECKOUT", ours.toString()));
        Map<String, String> environment = Map.of("JBANG_DIR", home.toString(), "PATH", "/nonexistent");
        assertEquals(printed, ProgramName.of(environment, folder).in("pa show"));
    }

    @Test
    void inACheckoutItsOwnCatalogIsFoundFirstAndAnInstalledCommandNeedsNone(@TempDir Path folder) throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.writeString(home.resolve("jbang-catalog.json"), "{\"catalogs\": {\"ours\": {\"catalog-ref\": \"/ours\"}}}");
        Path bin = Files.createDirectory(folder.resolve("bin"));
        // A folder of that name, as of a checkout, is no command.
        Files.createDirectories(folder.resolve("checkouts/pa"));
        Map<String, String> environment = Map.of("JBANG_DIR", home.toString(), "PATH", folder.resolve("checkouts") + ":" + bin);
        assertEquals("jbang pa@ours show", ProgramName.of(environment, folder).in("pa show"));
        assertTrue(Files.createFile(bin.resolve("pa")).toFile().setExecutable(true));
        assertEquals("pa show", ProgramName.of(environment, folder).in("pa show"));
        Files.writeString(folder.resolve("jbang-catalog.json"), "{\"aliases\": {\"pa\": {\"script-ref\": \"pa.java\"}}}");
        assertEquals("jbang pa show", ProgramName.of(environment, Files.createDirectories(folder.resolve("a/b"))).in("pa show"));
    }

    @Test
    void whatIsReadHereAndPastedElsewhereHasAWholePath() {
        assertEquals(Path.of("jbang").toAbsolutePath() + " %s", ProgramName.anywhere(Map.of("AGENTPROXY_LAUNCHER", "./jbang")));
        assertEquals(Path.of("bin").toAbsolutePath() + "/%s", ProgramName.anywhere(Map.of("AGENTPROXY_LAUNCHER", "./bin/")));
        assertEquals("%s", ProgramName.anywhere(Map.of("AGENTPROXY_LAUNCHER", "")));
    }

    @Test
    void aSessionElsewhereIsNamedWithItsDirectory() {
        String step = "to go on: pa resume 20261122-1";
        assertEquals(step + " -d '/a b/it'\\''s'", ProgramName.withDirectory(step, Optional.of(Path.of("/a b/it's"))));
        assertEquals(step, ProgramName.withDirectory(step, Optional.of(Path.of(""))));
        assertEquals(step, ProgramName.withDirectory(step, Optional.empty()));
        assertEquals("pa -s 1 -d /x \"…\"", ProgramName.withDirectory("pa -s 1 \"…\"", Optional.of(Path.of("/x"))));
    }
}
