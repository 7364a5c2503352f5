package stackcli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only the verb that is named is read from its class; nobody must notice. */
class SubcommandsTest {
    private record Result(int code, String out, String err) {}

    @Test
    void helpNamesEveryVerbAndWhatItDoes() {
        Result help = stack("--help");
        assertEquals(0, help.code(), help.err());
        for (String verb : new String[] {"up", "down", "status", "logs", "restart", "exec", "open", "env", "doctor", "config",
            "dashboards", "export"}) {
            assertTrue(help.out().matches("(?s).*\\n  " + verb + " +[A-Z].*"), verb + "\n" + help.out());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "down", "status", "logs", "restart", "exec", "open", "env", "doctor", "config", "dashboards"})
    void everyVerbHasHelpOfItsOwnAlsoAfterAnOption(String verb) {
        for (String[] arguments : new String[][] {{verb, "--help"}, {"--engine", "docker", verb, "--help"}}) {
            Result help = stack(arguments);
            assertEquals(0, help.code(), help.err());
            assertTrue(help.out().startsWith("Usage: stack " + verb), help.out());
            assertTrue(help.out().contains("--engine"), help.out());
        }
    }

    /** A next step that names a verb is printed as it can be pasted, whichever verb it is. */
    @Test
    void everyVerbInAHintIsCalledAsThisProgramWas() {
        Console console = Console.system(Map.of("AGENTPROXY_LAUNCHER", "tools/jbang"));
        Matcher verbs = Pattern.compile("\\n  ([a-z]+) +[A-Z]").matcher(stack("--help").out());
        int seen = 0;
        while (verbs.find()) {
            assertEquals("then: tools/jbang stack " + verbs.group(1), console.pasteable("then: stack " + verbs.group(1)));
            seen++;
        }
        assertTrue(seen >= 13, seen + " verbs");
    }

    @Test
    void aMisspeltVerbIsToldItsNeighbour() {
        Result wrong = stack("statsu");
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("unknown word statsu") && wrong.err().contains("status"), wrong.err());
    }

    @Test
    void theWordsAfterAVerbAreItsOwn() {
        assertTrue(stack("dashboards", "pull", "--help").out().startsWith("Usage: stack dashboards pull"));
        Result wrong = stack("status", "up");
        assertEquals(2, wrong.code(), wrong.out());
    }

    private static Result stack(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), 200);
        int code = new StackCli(console, Map.of(), Optional.empty()).run(arguments);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
