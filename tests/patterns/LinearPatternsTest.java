package patterns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import runner.Repository;

/**
 * No regular expression of the product costs more than in proportion to its text, whatever the text: what it reads is counted, not
 * timed. Each is tried with texts that are made from the expression itself ({@link HostileTexts}).
 */
class LinearPatternsTest {
    private static final int SHORT = 200;
    private static final int LONG = 4 * SHORT;
    /** Of each character; honest ones stay below, with lists of alternatives too. */
    private static final long MANY_READS = 60;
    /** Nothing honest comes near. */
    private static final long MOST_READS = 400;
    /** Reads of each character that lead as deep as it goes, if it goes deep. */
    private static final long ONCE = 5;
    /** What grows with the square is 16 times as much, what grows in proportion four times. */
    private static final int TOO_MUCH = 8;
    /** Where Java calls itself for each turn of a loop, this is far too deep. */
    private static final int DEEP = 20_000;
    private static final Pattern LOOP = Pattern.compile("\\)(?:[*+]|\\{\\d*,)");

    /** Those whose texts have a bound of their own, and why that is so. */
    private static final Map<String, List<String>> BOUNDED = Map.of(
            "a path, which has 4096 characters at most", List.of("checks/CargoProject.java GUARDED", "checks/CommandTrail.java CHECKS",
                    "checks/CommandTrail.java CHECK_SOURCE", "checks/DotnetProject.java GUARDED", "checks/GradleProject.java GUARDED",
                    "checks/GradleProject.java REPORTS", "checks/MavenProject.java REPORTS", "verdict/rules/Change.java TEST_SOURCE",
                    "verdict/rules/HiddenChanges.java CONFIGURES"),
            "the first 300 characters of a line", List.of("display/DecisiveLines.java BOILERPLATE", "display/DecisiveLines.java DECISIVE"),
            "the last 16 KiB of a log", List.of("services/LogHints.java RULES"),
            "an option or a variable as a whole, which who starts the program typed", List.of("functions/ProductStart.java PORT_OPTION",
                    "services/Settings.java PORT", "telemetry/OtelVariables.java RATIO"),
            "a MeasuredText, handed on", List.of("verdict/rules/TestLiteralsRule.java DIRECT",
                    "verdict/rules/TestLiteralsRule.java TERNARY", "verdict/rules/TestLiteralsRule.java TUPLE",
                    "verdict/rules/ProcessExitRule.java STATEMENTS"));

    private static List<UsedPattern> patterns;

    @BeforeAll
    static void find() throws IOException {
        patterns = PatternFinder.in(Repository.root().resolve("lib"));
    }

    /** Counts reads, and ends the matching beyond so many. */
    private static final class Counted implements CharSequence {
        private final String text;
        private final long most;
        private long reads;

        private static final class Enough extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }

        Counted(String text, long most) {
            this.text = text;
            this.most = most;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++reads > most) {
                throw new Enough();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static long reads(Pattern pattern, boolean whole, String text, long most) {
        Counted counted = new Counted(text, most);
        try {
            Matcher matcher = pattern.matcher(counted);
            if (whole) {
                matcher.matches();
            } else {
                while (matcher.find()) {
                    assertTrue(matcher.end() >= matcher.start());
                }
            }
        } catch (Counted.Enough e) {
            return counted.reads;
        }
        return counted.reads;
    }

    /** The text that shows that it grows faster than its text; empty when none does. */
    static Optional<String> costly(UsedPattern used) {
        Pattern pattern = used.compiled();
        for (HostileTexts.Recipe recipe : HostileTexts.of(used.text())) {
            String text = recipe.of(LONG);
            long much = reads(pattern, used.whole(), text, MOST_READS * text.length());
            if (much > MANY_READS * text.length()) {
                long little = reads(pattern, used.whole(), recipe.of(SHORT), MOST_READS * LONG);
                if (much > Math.min(TOO_MUCH * little, MOST_READS * text.length())) {
                    return Optional.of(recipe + ": " + little + " reads, and of a text four times as long " + much);
                }
            }
        }
        return Optional.empty();
    }

    /** The text at which Java's stack ends; empty when none does it. */
    static Optional<String> deep(UsedPattern used) {
        if (!LOOP.matcher(used.text()).find()) {
            return Optional.empty();
        }
        Pattern pattern = used.compiled();
        for (HostileTexts.Recipe recipe : HostileTexts.of(used.text())) {
            try {
                reads(pattern, used.whole(), recipe.of(DEEP), ONCE * DEEP);
            } catch (StackOverflowError e) {
                return Optional.of(recipe.toString());
            }
        }
        return Optional.empty();
    }

    private static boolean isBounded(UsedPattern used) {
        return BOUNDED.values().stream().anyMatch(names -> names.contains(used.file() + " " + used.name()));
    }

    private static UsedPattern pattern(String text, boolean whole) {
        return new UsedPattern("here", "", text, 0, whole, false, true);
    }

    @Test
    void theTestSeesWhatGrowsTooFast() {
        assertTrue(costly(pattern("a+b", false)).isPresent(), "looked for from each place");
        assertTrue(costly(pattern("\\s+$", false)).isPresent());
        assertTrue(costly(pattern("(x+x+)+y", true)).isPresent());
        assertTrue(costly(pattern(".*=.*=.*;", true)).isPresent());
        assertTrue(costly(pattern("(?s)<!--.*?-->", false)).isPresent());
        assertTrue(deep(pattern("\"(?:[^\"\\\\]|\\\\.)*\"", true)).isPresent());
        assertEquals(Optional.empty(), costly(pattern("a++b", true)));
        assertEquals(Optional.empty(), costly(pattern("[a-z]{1,20}=", false)));
        assertEquals(Optional.empty(), deep(pattern("(?:[^\"\\\\]|\\\\.)*+", true)));
    }

    @Test
    void theSourcesAreRead() {
        assertTrue(patterns.size() > 300, "found only " + patterns.size());
        assertTrue(patterns.stream().anyMatch(used -> used.text().contains("eyJ")), "those of secrets");
        // What is made when the program runs cannot be tried here, and should be rare.
        List<String> unknown = patterns.stream().filter(used -> used.text().equals("word")).map(UsedPattern::file).distinct().toList();
        assertEquals(List.of("checks/CommandTrail.java", "services/LogHints.java", "services/Service.java"), unknown);
    }

    @Test
    void whatAPatternReadsGrowsWithItsTextAndNoFaster() {
        TreeSet<String> wrong = new TreeSet<>();
        for (UsedPattern used : patterns) {
            if (used.measured() || isBounded(used)) {
                continue;
            }
            costly(used).ifPresent(text -> wrong.add(used + "\n    " + text));
        }
        assertEquals(List.of(), new ArrayList<>(wrong), () -> String.join("\n", wrong));
    }

    @Test
    void noPatternNeedsMoreStackForALongerText() {
        TreeSet<String> wrong = new TreeSet<>();
        for (UsedPattern used : patterns) {
            deep(used).ifPresent(text -> wrong.add(used + "\n    " + text));
        }
        assertEquals(List.of(), new ArrayList<>(wrong), () -> String.join("\n", wrong));
    }
}
