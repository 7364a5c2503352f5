package process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.ExitCode;
import contract.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandWordsTest {
    @Test
    void quotesAndBackslashesWorkAsInAShell() {
        assertEquals(List.of("sh", "-c", "echo \"a b\"", "", "x y", "$HOME"),
                CommandWords.split("sh -c 'echo \"a b\"' \"\" x\\ y $HOME"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"make test && make lint", "a | b", "a > b", "cd x; make"})
    void whatNeedsAShellIsRefusedAndSaysHow(String line) {
        Failure failure = assertThrows(Failure.class, () -> CommandWords.split(line));
        assertEquals(ExitCode.USAGE, failure.exitCode());
        assertTrue(failure.hint().contains("sh -c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "echo 'open"})
    void nothingAndOpenQuotesAreRefused(String line) {
        assertEquals(ExitCode.USAGE, assertThrows(Failure.class, () -> CommandWords.split(line)).exitCode());
    }

    @Test
    void anOperatorInQuotesIsAWord() {
        assertEquals(List.of("echo", "&&"), CommandWords.split("echo '&&'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"make test", "sh -c 'a b; c'", "\"it's\" '' x\\ y", "echo '&&' ü", "printf '%s\n' \"$HOME\""})
    void wordsThatAreJoinedSplitIntoTheSame(String line) {
        List<String> words = CommandWords.split(line);
        assertEquals(words, CommandWords.split(CommandWords.join(words)));
    }

    @Test
    void plainWordsAreJoinedWithoutQuotes() {
        assertEquals("python3 -m pytest tests/a.py::test_x 'a b'",
                CommandWords.join(List.of("python3", "-m", "pytest", "tests/a.py::test_x", "a b")));
    }
}
