package verdict;

import checks.FileView;
import checks.MeasuredText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tests that ask for something else than they did: in each assertion of equality a value is another one. The product is right or
 * wrong, but it cannot give both answers: a test that passes either way does not look at what it gets. So a process that ends early,
 * an assertion that was patched, a value that is equal to all others and an answer that was read from the test itself are seen by
 * what they do, in whatever words they are written.
 *
 * <p>Only what leads to a failure is altered: an assertion, or a condition that is followed by one.
 */
final class AlteredTests {
    /** Which value of an assertion is altered. One of them may be a message, or an input that leaves the answer as it is. */
    enum Way { LAST, FIRST, ALL }

    private static final Pattern ASSERTS = Pattern.compile("\\bassert\\w*(Equals?|Same|Is|_eq|_equal|_same)!?\\s*\\(|\\bassert_equal\\b"
            + "|\\bassert\\b.*(==|!=|\\bis\\b)|\\b(assert|t|chai\\.assert)\\.(strict\\.)?(is|same|equal|strictEqual|deepEqual"
            + "|deepStrictEqual)\\("
            + "|\\.(toBe|toEqual|toStrictEqual|toMatchObject|toHaveLength|toBeCloseTo)\\(|\\bto\\s+(eq|eql|equal|be)\\b"
            + "|\\.(to|should|be)\\.\\w*(equal|eql|eq)\\b|\\bisEqualTo\\(|\\bAssert\\.\\w*Equal\\w*\\(|\\b(require"
            + "|assert)\\.(Equal|EqualValues|Len)\\("
            + "|\\b(must_equal|should_eq|(EXPECT|ASSERT|REQUIRE|CHECK)(_EQ|_STREQ)?\\s*\\()");
    private static final Pattern CONDITION = Pattern.compile("[!=]==?|\\s-(eq|ne)\\s|\\[\\s.{0,200}\\s=\\s|\\btest\\s.{0,200}\\s=\\s"
                + "|\\.equals\\(|DeepEqual");
    private static final Pattern FAILS = Pattern.compile("\\b(Fatal|Error|Fail|FailNow|Fatalf|Errorf|throw|raise|panic|fail|die|abort"
            + "|AssertionError)\\b|\\b(exit|return|exit_code|exitCode)\\b[\\s=(]*[1-9]|\\|\\|\\s*(exit|return|fail)\\b");
    /** A row of a table of inputs and answers. */
    private static final Pattern ROW = Pattern.compile("^\\s*+[{\\[(][^,]*+,.*[}\\])],?\\s*+$");
    private static final Pattern TEXTS = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'");
    private static final Pattern VALUE = Pattern.compile("(?<![\\w.$])\\d+(?:\\.\\d+)?(?=(?:[lLfFdDuUn]|[iuf]\\d+"
                + "|usize)?(?![\\w.]))|\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'"
            + "|\\b(?:true|false|True|False)\\b");
    /** What says how a failure is told, rather than what is wanted. */
    private static final Pattern TOLD = Pattern.compile("(\\b(exit|return|die|raise|throw|echo|fail\\w*|Fatalf?|Errorf?)\\b|\\|\\|).*$");
    private static final Pattern BEGINS = Pattern.compile("\\b(def|func|fn|function|fun|void)\\s+\\w+|@Test\\b|\\b(it|test"
                + "|specify|example)\\b[.\\w]*\\s*\\(?\\s*['\"`]");
    private static final Pattern COMMENT = Pattern.compile("\\s*(#(?!\\[)|//|\\*|/\\*|--).*");
    private static final int NEAR = 2;
    private static final int MOST_FILES = 400;
    private static final int LARGEST = 1 << 20;
    /** Nobody writes an assertion on a longer line, and what a pattern costs grows with its square. */
    private static final int LONGEST = 1000;

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, String> originals = new LinkedHashMap<>();

    private AlteredTests() {}

    /**
     * @param tests which paths hold tests
     * @param named names of tests; where files hold them, only these files are altered
     * @param about names of functions; where assertions mention them, only these are altered
     */
    static AlteredTests of(FileView files, Predicate<String> tests, List<String> named, Set<String> about, Way way) {
        List<String> paths = files.paths().stream().filter(tests).limit(MOST_FILES).toList();
        files.expect(paths);
        List<String> holding = paths.stream().filter(path -> named.stream().anyMatch(files.text(path)::contains)).toList();
        AlteredTests altered = new AlteredTests();
        altered.fill(files, holding.isEmpty() ? paths : holding, about, way);
        if (altered.texts.isEmpty() && !about.isEmpty()) {
            altered.fill(files, holding.isEmpty() ? paths : holding, Set.of(), way);
        }
        return altered;
    }

    private void fill(FileView files, List<String> paths, Set<String> about, Way way) {
        Pattern mentions = about.isEmpty() ? Pattern.compile("") : Pattern.compile("\\b(" + about.stream().map(Pattern::quote)
                .collect(Collectors.joining("|")) + ")\\b");
        for (String path : paths) {
            String text = files.text(path);
            String other = text.length() > LARGEST ? text : altered(path, text, mentions, way);
            if (!other.equals(text)) {
                texts.put(path, other);
                originals.put(path, text);
            }
        }
    }

    /** The altered texts by their paths. */
    Map<String, String> texts() {
        return texts;
    }

    /** Whether a number or a truth value that a test wants is another one; strings may be messages. */
    boolean reaches(String test) {
        for (Map.Entry<String, String> file : originals.entrySet()) {
            String[] were = file.getValue().split("\n", -1);
            String[] are = texts.get(file.getKey()).split("\n", -1);
            for (int i = 0; i < were.length; i++) {
                if (begins(were[i], test) && differs(were, are, i)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean begins(String line, String test) {
        Matcher title = Pattern.compile("['\"`](.+?)['\"`]").matcher(line);
        boolean named = Pattern.compile("\\b(def|func|fn|function|fun|void)\\s+" + Pattern.quote(test) + "\\b").matcher(line).find();
        return named || BEGINS.matcher(line).find() && title.find()
                && (test.equals(title.group(1)) || test.endsWith(" " + title.group(1)));
    }

    private static boolean differs(String[] were, String[] are, int from) {
        for (int i = from; i < were.length && (i == from || !BEGINS.matcher(were[i]).find()); i++) {
            if (!were[i].equals(are[i]) && !without(were[i]).equals(without(are[i]))) {
                return true;
            }
        }
        return false;
    }

    private static String without(String line) {
        try {
            return TEXTS.matcher(MeasuredText.of(line)).replaceAll("");
        } catch (MeasuredText.TooCostly e) {
            return line; // nobody writes a line like this by hand
        }
    }

    private static String altered(String path, String text, Pattern mentions, Way way) {
        String[] lines = text.split("\n", -1);
        // Where tests stand in the sources, they stand at their end.
        int first = path.endsWith(".rs") && text.contains("#[cfg(test)]")
                ? (int) text.substring(0, text.indexOf("#[cfg(test)]")).chars().filter(c -> c == '\n').count() : 0;
        for (int i = first; i < lines.length; i++) {
            if (asks(lines, i) && mentions.matcher(lines[i]).find()) {
                lines[i] = line(lines[i], way);
            }
        }
        return String.join("\n", lines);
    }

    private static boolean asks(String[] lines, int at) {
        String line = lines[at];
        if (line.length() > LONGEST || COMMENT.matcher(line).matches()) {
            return false;
        }
        if (ASSERTS.matcher(line).find() || ROW.matcher(line).matches()) {
            return true;
        }
        boolean fails = false;
        for (int i = at; i <= at + NEAR && i < lines.length; i++) {
            fails |= lines[i].length() <= LONGEST && FAILS.matcher(lines[i]).find();
        }
        return fails && CONDITION.matcher(line).find();
    }

    private static String line(String line, Way way) {
        Matcher told = TOLD.matcher(line);
        String head = line;
        String tail = "";
        // A statement that begins with its failure (raise … unless, throw … if) has what it asks for behind it.
        if (told.find() && VALUE.matcher(line.substring(0, told.start())).find()) {
            head = line.substring(0, told.start());
            tail = line.substring(told.start());
        }
        List<int[]> places = new ArrayList<>();
        Matcher value = VALUE.matcher(head);
        while (value.find()) {
            places.add(new int[] {value.start(), value.end()});
        }
        StringBuilder changed = new StringBuilder(head);
        for (int i = places.size() - 1; i >= 0; i--) {
            boolean wanted = way == Way.ALL || i == (way == Way.LAST ? places.size() - 1 : 0);
            if (wanted) {
                int[] place = places.get(i);
                // Not all by the same: a sum of inputs would follow.
                changed.replace(place[0], place[1], other(head.substring(place[0], place[1]), way == Way.ALL ? 1 + 2 * i : 1));
            }
        }
        return changed + tail;
    }

    private static String other(String value, int more) {
        switch (value) {
            case "true":
                return "false";
            case "false":
                return "true";
            case "True":
                return "False";
            case "False":
                return "True";
            default:
                break;
        }
        if (value.startsWith("\"") || value.startsWith("'")) {
            boolean character = value.startsWith("'") && value.length() == 3;
            return value.charAt(0) + (character ? (value.charAt(1) == 'x' ? "y" : "x") : value.substring(1, value.length() - 1) + "x")
                    + value.charAt(0);
        }
        // The leading part alone: 9 becomes 10, 1.5 becomes 2.5, and a number too long to count another one.
        Matcher whole = Pattern.compile("^\\d+").matcher(value);
        if (!whole.find() || whole.group().length() > 9) {
            return value.startsWith("1") ? "2" + value.substring(1) : "1" + value.substring(1);
        }
        return Integer.parseInt(whole.group()) + more + value.substring(whole.end());
    }
}
