package workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import agent.ToolAction;
import agent.ToolAction.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a call of a tool does, by its text. */
class ToolActionsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "cat src/a.py | READ", "cd src && grep -rn 'a > b' . | READ", "ls -la 2>/dev/null | READ", "git log --oneline -5 | READ",
        "find . -name '*.py' | READ", "sed -n 1,20p a.py | READ", "LANG=C sort a.txt | READ", "cat a.txt 2>&1 | READ",
        "make test | RUN", "python3 reproduce.py | RUN", "cd /x && npm test | RUN", "timeout 60 make | RUN", "git fetch | RUN",
        "echo x > a.txt | EDIT", "cat <<EOF >> a.txt | EDIT", "sed -i s/a/b/ a.py | EDIT", "git apply fix.patch | EDIT",
        "rm -rf build && make | EDIT", "perl -pi -e s/a/b/ x | EDIT", "tee a.txt | EDIT"})
    void aCommandLooksRunsOrEdits(String command, Kind kind) {
        assertEquals(kind, ToolActions.ofCommand(command.strip()).kind(), command);
    }

    @Test
    void equalCallsHaveEqualFingerprintsThatTellNothing() {
        ToolAction one = ToolActions.ofCommand("mysql -phunter2  -e 'select 1'");
        assertEquals(one, ToolActions.ofCommand("mysql -phunter2 -e 'select 1'"));
        assertEquals(one, ToolActions.ofCommand("cd /work && mysql -phunter2 -e 'select 1'"));
        assertNotEquals(one, ToolActions.ofCommand("mysql -phunter3 -e 'select 1'"));
        assertFalse(one.fingerprint().contains("hunter2"));
    }

    @Test
    void aReadIsTheSameOnlyWithTheSameRange() throws Exception {
        ToolAction whole = claude("Read", "{\"file_path\":\"a\"}");
        assertEquals(Kind.READ, whole.kind());
        assertEquals(whole, claude("Read", "{\"file_path\":\"a\"}"));
        assertNotEquals(whole, claude("Read", "{\"file_path\":\"a\",\"offset\":10}"));
    }

    @Test
    void anEditIsComparedOnlyWhereAllOfItWasRead() throws Exception {
        assertEquals("", claude("Write", "{\"file_path\":\"a\"}").fingerprint());
        assertEquals(Kind.EDIT, claude("Write", "{\"file_path\":\"a\"}").kind());
        assertNotEquals(claude("Edit", "{\"file_path\":\"a\",\"old_string\":\"x\",\"new_string\":\"y\"}"),
                claude("Edit", "{\"file_path\":\"a\",\"old_string\":\"x\",\"new_string\":\"z\"}"));
    }

    @Test
    void aToolThatNobodyKnowsCountsForNothing() throws Exception {
        assertEquals(ToolAction.UNKNOWN, claude("mcp__x__y", "{\"path\":\"a\"}"));
    }

    private static ToolAction claude(String tool, String input) throws Exception {
        return ToolActions.of(tool, WorkerJson.MAPPER.readTree(input));
    }
}
