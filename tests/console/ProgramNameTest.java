package console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
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
        assertEquals("jbang pa show", ProgramName.of(Map.of()).in("pa show"));
        assertEquals("pa show", ProgramName.of(Map.of("AGENTPROXY_LAUNCHER", "")).in("pa show"));
        assertEquals("'/a b/jbang' pa show", ProgramName.of(Map.of("AGENTPROXY_LAUNCHER", "/a b/jbang")).in("pa show"));
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
