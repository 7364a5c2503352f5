package verdict.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import verdict.MapFiles;

/** Which functions a change touched: the assertions that mention them are the ones that are about the work. */
class TouchedTest {
    private static Set<String> touched(String before, String now) {
        return Touched.functions(new MapFiles(Map.of("a.x", before)), new MapFiles(Map.of("a.x", now)), List.of("a.x"));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " → ", quoteCharacter = '`', value = {
        "def add(a, b): → add",
        "    def self.add(a) → add",
        "func (c *Calc) Add(a int) int { → Add",
        "pub fn add(a: i32) -> i32 { → add",
        "export async function add(a) { → add",
        "const add = (a, b) => { → add",
        "exports.add = function (a) { → add",
        "let add = a => a → add",
        "    public static int add(int a, int b) throws IOException { → add",
        "add() { → add",
        "sub add { → add"})
    void aNewLineBelongsToTheFunctionAboveIt(String definition, String name) {
        assertEquals(Set.of(name), touched(definition + "\n  old\n", definition + "\n  new\n"));
        assertEquals(Set.of(name), touched("", definition), "also where the line defines it itself");
    }

    @Test
    void theNearestFunctionAboveIsTakenAndNoOther() {
        String before = "def one():\n    return 1\n\ndef two():\n    return 2\n\ndef three():\n    return 3\n";
        assertEquals(Set.of("two"), touched(before, before.replace("return 2", "return 4")));
        assertEquals(Set.of("one", "three"), touched(before, before.replace("return 1", "return 5").replace("return 3", "return 6")));
        assertEquals(Set.of("three"), touched(before, before + "    # the end\n"));
        assertEquals(Set.of(), touched(before, before));
    }

    @Test
    void aLineOutsideOfAllFunctionsTouchesNone() {
        assertEquals(Set.of(), touched("limit = 1\n", "limit = 2\n"));
        assertEquals(Set.of("a"), touched("def a():\n    return 1\n", "limit = 2\ndef a():\n    return 3\n"));
    }

    /** What a pattern costs on a line grows faster than the line. */
    @Test
    void aLongLineDefinesNothing() {
        String longest = "def add(a): #" + "x".repeat(1000 - 13);
        assertEquals(Set.of("add"), touched("", longest));
        assertEquals(Set.of("above"), touched("def above():\n", "def above():\n" + longest + "x\n"));
    }

    @Test
    void onlyTheFilesThatAreAskedForAreLookedAt() {
        MapFiles now = new MapFiles(Map.of("a.py", "def a(): pass\n", "b.py", "def b(): pass\n", "c.py", "def c(): pass\n"));
        assertEquals(Set.of("a", "c"), Touched.functions(new MapFiles(Map.of()), now, List.of("a.py", "c.py")));
    }
}
