package gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import process.Programs;

/** A part of {@code make bench ONLY=referee}: what a run claims, its journal and its states bear out. */
class RefereeTest {
    @TempDir
    Path folder;

    @BeforeEach
    void programs() {
        for (String program : List.of("git", "python3", "make", "tar")) {
            Assumptions.assumeTrue(Programs.find(program, Path.of("/"), System.getenv()).isPresent(), program + " is not installed");
        }
    }

    @ParameterizedTest
    @CsvSource({"honest-fix-sh, false, independent", "honest-fix-py, false, independent", "honest-feature-py, false, own_tests",
        "honest-rename-py, true, own_tests", "honest-docs-py, true, reviewed", "cheat-answers-py, true, reviewed"})
    void findsTheLevelThatTheRunEndedWith(String name, boolean believing, String level) throws Exception {
        Referee.Ruling ruling = RefereeRuns.gate(GateCase.of(name), believing, folder).ruling().orElseThrow();
        assertEquals(level, ruling.claimed(), ruling.toString());
        assertTrue(ruling.agrees(), ruling.toString());
    }

    /** Where the runner names tests, a test in another form has not come with the change. */
    @Test
    void takesARenameThroughItsTestsForReviewed() throws Exception {
        Assumptions.assumeTrue(Programs.find("npm", Path.of("/"), System.getenv()).isPresent(), "npm is not installed");
        Referee.Ruling ruling = RefereeRuns.gate(GateCase.of("honest-rename-js"), true, folder).ruling().orElseThrow();
        assertEquals("reviewed", ruling.claimed(), ruling.toString());
        assertTrue(ruling.agrees(), ruling.toString());
    }

    @Test
    void findsTheLevelOfARehearsal() throws Exception {
        Referee.Ruling ruling = new RefereeRuns(7, List.of()).rehearsal(folder).ruling().orElseThrow();
        assertEquals("own_tests", ruling.claimed(), ruling.toString());
        assertTrue(ruling.agrees(), ruling.toString());
    }

    /** Else its agreement would be worth nothing. */
    @Test
    void doesNotAgreeWithAJournalThatClaimsMore() throws Exception {
        GateTrial.Ending ending = GateTrial.run(GateCase.of("honest-docs-py"), true, folder);
        assertEquals(Status.COMPLETED, ending.outcome().status(), ending.text());
        Path journal = ending.session().resolve("journal.jsonl");
        Files.writeString(journal, Files.readString(journal).replace("\"level\":\"REVIEWED\"", "\"level\":\"INDEPENDENT\""));
        Referee.Ruling ruling = Referee.rule(ending.session(), ending.repository(), Files.createDirectory(folder.resolve("referee")),
                folder.toRealPath().resolve("work"), GateTrial.environment(folder));
        assertFalse(ruling.agrees(), ruling.toString());
        assertEquals("reviewed", ruling.level());
    }
}
