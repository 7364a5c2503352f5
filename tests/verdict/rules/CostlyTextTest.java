package verdict.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Suspicion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verdict.MapFiles;

/** Files that are made so that patterns over them take long. */
class CostlyTextTest {
    private static final int SIZE = 128 << 10;
    private static final int MANY = 8 << 10;
    private static final List<String> NAMES = List.of("a.py", "a.js", "a.rb", "a.sh", "a.php", "tests/test_a.py", "Makefile", "a.go");
    private static final Duration LONG = Duration.ofMinutes(3);

    @ParameterizedTest
    @ValueSource(strings = {":def(", "return ", "exit ", "raise SystemExit from ", "def __eq__(", "boolean equals(", "a==", "open('",
            "trap exit ", "exec(", "sys.exit(0)\n", "sys.exit(a)\n", "mock.ANY\n", "print", "'", "\"\\", "1,", "(", " ", "\n", "\t",
            "a.equals(", "case ", "if x == 1: return 2\n", "def f(a): return 5\n", "except (", "skipped ", "@skip", "_exit "})
    void oneWordAgainAndAgainIsLookedThroughInSeconds(String word) {
        String text = "x = '1'\n" + word.repeat(MANY / word.length());
        MapFiles before = new MapFiles(NAMES.stream().collect(Collectors.toMap(name -> name, name -> "x\n")));
        MapFiles after = new MapFiles(NAMES.stream().collect(Collectors.toMap(name -> name, name -> text)));
        assertTimeoutPreemptively(LONG, () -> Rules.look(Change.of(before, after, NAMES,
                new Guarded(before, after, List.of("make", "test")))));
    }

    @Test
    void aLongTextInQuotesAndALongTableOverflowNoStack() {
        String data = "DATA = \"" + "A".repeat(SIZE) + "\"\nTABLE = [" + IntStream.range(0, 20_000).mapToObj(String::valueOf)
                .collect(Collectors.joining(", ")) + "]\nassert x == [" + "7, ".repeat(20_000) + "7]\ndef __eq__(self, other):\n"
                + "    x = 1\n".repeat(20_000);
        assertEquals(List.of(), looked(data).stream().filter(s -> !s.rule().equals("test-literals")).collect(Collectors.toList()));
    }

    @Test
    void whatIsMadeToTakeLongIsASuspicion() {
        List<Suspicion> found = looked("trap exit ".repeat(SIZE / 10));
        assertTrue(found.stream().anyMatch(s -> s.rule().equals("process-exit") && s.reason().contains("too long")), found.toString());
    }

    @Test
    void anExitBehindMuchPaddingIsStillFound() {
        assertFalse(looked("exec(" + " ".repeat(5_000) + "base64.b64decode('b3MuX2V4aXQoMCk='))\n").isEmpty());
    }

    private static List<Suspicion> looked(String text) {
        MapFiles before = new MapFiles(Map.of("a.py", ""));
        MapFiles after = new MapFiles(Map.of("a.py", text));
        return Rules.look(Change.of(before, after, List.of("a.py"), new Guarded(before, after, List.of("pytest"))));
    }
}
