package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import verdict.AlteredTests.Way;

/** Which values of a test are altered, and that nothing else is. */
class AlteredTestsTest {
    @ParameterizedTest
    @CsvSource(delimiterString = " → ", quoteCharacter = '`', value = {
        "self.assertEqual(add(2, 3), 5) → self.assertEqual(add(2, 3), 6)",
        "assert add(2, 3) == 5 → assert add(2, 3) == 6",
        "assert name() == 'Ada' → assert name() == 'Adax'",
        "assert is_even(4) is True → assert is_even(4) is False",
        "assertEquals(5, Calc.add(2, 3)); → assertEquals(5, Calc.add(2, 4));",
        "assertThat(total()).isEqualTo(1.5); → assertThat(total()).isEqualTo(2.5);",
        "expect(add(2, 3)).toBe(5); → expect(add(2, 3)).toBe(6);",
        "assert.strictEqual(add(2, 3), 9); → assert.strictEqual(add(2, 3), 10);",
        "expect(sum).to.equal(5) → expect(sum).to.equal(6)",
        "assert_eq!(add(2, 3), 5_i32); → assert_eq!(add(2, 4), 5_i32);",
        "assert_eq!(add(2, 3), 5i32); → assert_eq!(add(2, 3), 6i32);",
        "{2, 3, 5}, → {2, 3, 6},",
        "raise \"wrong sum\" unless add(2, 3) == 5 → raise \"wrong sum\" unless add(2, 3) == 6",
        "[ \"$(sh greet.sh)\" = \"Hello\" ] || { echo 1; exit 1; } → [ \"$(sh greet.sh)\" = \"Hellox\" ] || { echo 1; exit 1; }",
        "if got := Add(2, 3); got != 5 { t.Errorf(\"%d\", 7) } → if got := Add(2, 3); got != 6 { t.Errorf(\"%d\", 7) }",
        "if (add(2, 3) !== 5) throw new Error('1'); → if (add(2, 3) !== 6) throw new Error('1');",
        "assert(isOdd(4) == false) → assert(isOdd(4) == true)",
        "assert(isEven(4) == true) → assert(isEven(4) == false)",
        "assert is_odd(4) is False → assert is_odd(4) is True",
        "assertEquals(first(s), 'a'); → assertEquals(first(s), 'x');",
        "assertEquals(first(s), 'x'); → assertEquals(first(s), 'y');",
        "assertEquals(name(s), 'xy'); → assertEquals(name(s), 'xyx');",
        "assertEquals(first(s), \"a\"); → assertEquals(first(s), \"ax\");",
        "assert big() == 999999999 → assert big() == 1000000000",
        "assert big() == 1234567890 → assert big() == 2234567890",
        "assert big() == 9876543210 → assert big() == 1876543210",
        "expect(Calc.new.add(2, 3)).to eq(5) → expect(Calc.new.add(2, 3)).to eq(6)"})
    void theLastValueOfAnAssertionBecomesAnother(String was, String becomes) {
        assertEquals(becomes, altered(was, Way.LAST));
    }

    @Test
    void theFirstOrAllAreAlteredWhereTheLastDidNotMatter() {
        assertEquals("self.assertEqual(add(3, 3), 5, 'sum')", altered("self.assertEqual(add(2, 3), 5, 'sum')", Way.FIRST));
        assertEquals("self.assertEqual(add(3, 6), 10, 'sumx')", altered("self.assertEqual(add(2, 3), 5, 'sum')", Way.ALL));
    }

    /** What is no assertion, or one of which nothing is known, may do anything. */
    @ParameterizedTest
    @ValueSource(strings = {"import os, sys", "limit = 5", "if os.environ['MODE'] == 'wipe': shutil.rmtree('data')", "# assert x == 5",
        "with self.assertRaises(ValueError):", "def test_5(self):", "subprocess.run(['rm', '-rf', 'build'])", "    return 5",
        "server.listen(8080)", "it('adds 2 and 3', () => {"})
    void everythingElseStaysAsItIs(String line) {
        for (Way way : Way.values()) {
            assertEquals(line, altered(line, way));
        }
    }

    @Test
    void onlyTheFilesThatHoldATestAreAltered() {
        MapFiles files = new MapFiles(Map.of("test_a.py", "def test_one():\n    assert a() == 1\n", "test_b.py",
                "def test_two():\n    assert b() == 2\n", "a.py", "assert x == 1\n"));
        assertEquals(Set.of("test_b.py"), AlteredTests.of(files, path -> path.startsWith("test"), List.of("test_two"), Set.of(), Way.LAST)
                .texts().keySet());
        assertEquals(Set.of("test_a.py", "test_b.py"), AlteredTests.of(files, path -> path.startsWith("test"), List.of("the check"),
                Set.of(), Way.LAST).texts().keySet());
    }

    @Test
    void onlyAssertionsThatMentionTheWorkAreAlteredWhereThereAreSome() {
        MapFiles files = new MapFiles(Map.of("test_a.py", "assert add(1) == 1\nassert twice(1) == 2\n"));
        assertEquals(Map.of("test_a.py", "assert add(1) == 2\nassert twice(1) == 2\n"),
                AlteredTests.of(files, path -> true, List.of(), Set.of("add"), Way.LAST).texts());
        assertEquals(Map.of("test_a.py", "assert add(1) == 2\nassert twice(1) == 3\n"),
                AlteredTests.of(files, path -> true, List.of(), Set.of("helper"), Way.LAST).texts());
    }

    @Test
    void ofRustOnlyTheTestsAreAltered() {
        String text = "fn f() {\n    assert_eq!(1, 1);\n}\n#[cfg(test)]\nmod tests {\n    assert_eq!(f(), 1);\n}\n";
        assertEquals(text.replace("f(), 1", "f(), 2"), AlteredTests.of(new MapFiles(Map.of("lib.rs", text)), path -> true, List.of(),
                Set.of(), Way.LAST).texts().get("lib.rs"));
    }

    /** Words may be a message; and a test in which nothing was altered cannot notice anything. */
    @Test
    void aTestIsReachedWhereANumberOfItsOwnIsAnother() {
        AlteredTests altered = AlteredTests.of(new MapFiles(Map.of("test_a.py", "def test_one():\n    assert a() == 1\n\ndef test_two():\n"
                + "    assert b() == c(), 'words'\n\ndef test_three():\n    check(3)\n")), path -> true, List.of(), Set.of(), Way.LAST);
        assertTrue(altered.reaches("test_one"));
        assertFalse(altered.reaches("test_two"));
        assertFalse(altered.reaches("test_three"));
        AlteredTests titles = AlteredTests.of(new MapFiles(Map.of("a.test.js", "test('adds', () => {\n  expect(add(1)).toBe(2);\n});\n"
                + "test('says', () => {});\n")), path -> true, List.of(), Set.of(), Way.LAST);
        assertTrue(titles.reaches("calc adds"));
        assertFalse(titles.reaches("calc says"));
    }

    /** A condition asks for something where what follows it, at most two lines below, is a failure. */
    @Test
    void aConditionIsAlteredOnlyWhereAFailureIsNear() {
        String far = "if got != 5 {\n  log()\n  more()\n  panic()\n}";
        assertEquals(far, altered(far, Way.LAST));
        assertEquals("if got != 6 {\n  log()\n  panic()\n}", altered("if got != 5 {\n  log()\n  panic()\n}", Way.LAST));
        assertEquals("if got != 6 { panic()", altered("if got != 5 { panic()", Way.LAST), "the last line of all");
        String longFailure = "x".repeat(992) + " panic()";
        assertEquals("if got != 6 {\n" + longFailure, altered("if got != 5 {\n" + longFailure, Way.LAST));
        assertEquals("if got != 5 {\nx" + longFailure, altered("if got != 5 {\nx" + longFailure, Way.LAST));
    }

    /** What a pattern costs on a line grows faster than the line, and nobody writes such files of tests. */
    @Test
    void longLinesAndLargeFilesStayAsTheyAre() {
        String line = "assert a() == 1 #" + "x".repeat(1000 - 17);
        assertEquals(line.replace("== 1", "== 2"), altered(line, Way.LAST));
        assertEquals(line + "x", altered(line + "x", Way.LAST));
        String text = "assert a() == 1\n" + "#\n".repeat((1 << 19) - 8);
        assertEquals(1 << 20, text.length());
        assertEquals(text.replace("== 1", "== 2"), altered(text, Way.LAST));
        assertEquals(text + "\n", altered(text + "\n", Way.LAST));
    }

    private static String altered(String line, Way way) {
        return AlteredTests.of(new MapFiles(Map.of("test_it", line)), path -> true, List.of(), Set.of(), way).texts()
                .getOrDefault("test_it", line);
    }
}
