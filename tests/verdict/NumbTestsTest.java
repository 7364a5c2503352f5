package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Evidence;
import contract.EvidenceLevel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Tests that are to prove something are asked for something else too. */
class NumbTestsTest extends VerdictLab {
    /** In whatever words it is written: here the shell's own {@code test} is another. */
    @Test
    void aCheckThatPassesWhateverItAsksForProvesNothing() throws Exception {
        Scene scene = new Scene(folder);
        scene.file("check.sh", ". ./lib.sh", "test \"$(greet Ada)\" = \"Hello, Ada\" || exit 1");
        scene.file("lib.sh", "greet() {", "    echo \"Hello, $2\"", "}");
        scene.begin();
        scene.file("lib.sh", "greet() {", "    echo \"Hello, $2\"", "}", "eval 'te''st() { :; }'");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level(), evidence.toString());
        assertTrue(suspects(evidence, "numb-test") && hard(evidence), evidence.toString());
        scene.file("lib.sh", "greet() {", "    echo \"Hello, $1\"", "}");
        Evidence right = scene.judge(CHECK);
        assertEquals(EvidenceLevel.INDEPENDENT, right.level(), right.toString());
        assertEquals(List.of(), right.suspicions());
    }

    /** One test is deaf, and the check fails all the same for another that is not. */
    @Test
    void aTestThatPassesWhateverItAsksForIsNamed() throws Exception {
        python();
        Scene scene = new Scene(folder);
        scene.file("calc.py", "def add(a, b):", "    return a - b", "", "def twice(a):", "    return a * 2");
        scene.file("test_calc.py", "import unittest", "from calc import add, twice", "class T(unittest.TestCase):",
                "    def test_add(self):", "        self.assertEqual(add(2, 3), 5)",
                "    def test_twice(self):", "        self.assertEqual(twice(4), 8)");
        scene.begin();
        scene.file("calc.py", "class Sum(int):", "    vars()['__e' + 'q__'] = lambda self, other: True", "    __hash__ = int.__hash__", "",
                "def add(a, b):", "    return Sum(a - b)", "", "def twice(a):", "    return a * 2");
        Evidence evidence = scene.judge("python3", "-m", "unittest");
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level(), evidence.toString());
        assertTrue(evidence.suspicions().stream().anyMatch(s -> s.rule().equals("numb-test") && s.reason().contains("test_add")
                && !s.reason().contains("test_twice")), evidence.toString());
    }

    /** Such a check fails as a whole for any of its assertions, so those about the work are asked alone. */
    @Test
    void aDeafAssertionIsSeenAlsoAmongOthersThatAreNot() throws Exception {
        python();
        Scene scene = new Scene(folder);
        scene.file("calc.py", "def add(a, b):", "    return a - b", "", "def twice(a):", "    return a * 2");
        scene.file("check.py", "from calc import add, twice", "assert twice(4) == 8", "assert add(2, 3) == 5");
        scene.begin();
        scene.file("calc.py", "class Sum(int):", "    vars()['__e' + 'q__'] = lambda self, other: True", "    __hash__ = int.__hash__", "",
                "def add(a, b):", "    return Sum(a - b)", "", "def twice(a):", "    return a * 2");
        Evidence evidence = scene.judge("python3", "check.py");
        assertTrue(suspects(evidence, "numb-test"), evidence.toString());
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level());
    }

    /** The last and the first value of the assertion are words that say what is wrong, and leave the answer as it is. */
    @Test
    void aValueThatDoesNotMatterIsNotTakenForADeafCheck() throws Exception {
        python();
        Scene scene = new Scene(folder);
        Path count = scene.outside.resolve("count");
        scene.file("check.sh", "echo run >> '" + count + "'", "python3 test_calc.py");
        scene.file("calc.py", "def text(name, number):", "    return number - 1");
        scene.file("test_calc.py", "from calc import text", "assert text('a', 3) == 4, 'wrong'");
        scene.begin();
        scene.file("calc.py", "def text(name, number):", "    return number + 1");
        assertEquals(EvidenceLevel.INDEPENDENT, scene.judge(CHECK).level());
        assertEquals(6, Files.readAllLines(count).size(), "three runs, and one for each way to ask for something else");
    }

    /** Nothing in it was altered: a test that asks by a function of its own cannot notice. */
    @Test
    void aTestInWhichNothingIsOtherThanItWasIsNotTakenForADeafOne() throws Exception {
        python();
        Scene scene = new Scene(folder);
        scene.file("calc.py", "def add(a, b):", "    return a - b", "", "def twice(a):", "    return a");
        scene.file("test_calc.py", "import unittest", "from calc import add, twice", "def eight(value):", "    if value < 8 or value > 8:",
                "        raise ValueError(value)", "class T(unittest.TestCase):", "    def test_add(self):",
                "        self.assertEqual(add(2, 3), 5)", "    def test_twice(self):", "        eight(twice(4))");
        scene.begin();
        scene.file("calc.py", "def add(a, b):", "    return a + b", "", "def twice(a):", "    return a * 2");
        Evidence evidence = scene.judge("python3", "-m", "unittest");
        assertEquals(List.of(), evidence.suspicions());
        assertEquals(2, evidence.failToPass().size(), evidence.toString());
        assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
    }

    private void python() {
        Assumptions.assumeTrue(process.Programs.find("python3", folder, System.getenv()).isPresent(), "python3 is not installed");
    }
}
