package checks;

import checks.TestReport.Result;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads tests out of what runners print, for those that write no report, or that a script hides. */
final class PrintedReports {
    private static final Pattern UNITTEST = Pattern.compile("^(\\w+ \\([\\w.<>]+\\))(.*)$");
    /** Whatever a test prints stands before it, with or without an end of its line. */
    private static final Pattern UNITTEST_END =
            Pattern.compile("^.*?(ok|FAIL|ERROR|skipped ['\"].*|expected failure|unexpected success)$");
    private static final Pattern UNITTEST_TOTAL = Pattern.compile("(?m)^Ran (\\d+) tests? in ");
    private static final Pattern UNITTEST_BAD = Pattern.compile("(failures|errors|skipped)=(\\d+)");
    private static final Pattern GO = Pattern.compile("^(\\s*)--- (PASS|FAIL|SKIP): (\\S+)");
    private static final Pattern GO_PACKAGE = Pattern.compile("^(ok|FAIL|\\?)\\s+(\\S+)(?:\\s+(.*))?$");
    private static final Pattern CARGO = Pattern.compile("^test (.+?)(?: - should panic)? \\.\\.\\. (ok|FAILED|ignored)\\b.*$");
    private static final Pattern CARGO_FILE = Pattern.compile("^\\s*(?:Running (?:unittests )?(\\S+)|Doc-tests (\\S+)).*$");
    private static final Pattern CTEST =
            Pattern.compile("^\\s*\\d+/\\d+ Test\\s+#\\d+: (.+?) \\.*\\s*(Passed|\\*\\*\\*.*?)\\s+\\d+\\.\\d+ sec.*$");
    private static final Pattern BUN = Pattern.compile("^\\((pass|fail|skip|todo)\\) (.+?)(?: \\[\\d+(?:\\.\\d+)?m?s\\])?$");
    private static final Pattern BUN_FILE = Pattern.compile("^(\\S+[._](?:test|spec)\\.[cm]?[jt]sx?):$");
    private static final Pattern BUN_END = Pattern.compile("(?m)^Ran (\\d+) tests? across \\d+ files?\\.");
    private static final Pattern BUN_PARTS = Pattern.compile("(?m)^\\s*(\\d+) (fail|skip|todo)$");
    private static final Pattern TAP = Pattern.compile("^(\\s*)(not ok|ok) \\d+ ?-? ?(.*?)(\\s+# (?i:skip|todo).*)?$");
    private static final Pattern SPEC = Pattern.compile(
            "^(\\s*)([✔✓√✖✗×▶﹣-]|\\d+\\)) (.+?)(?: \\(?\\d+(?:\\.\\d+)?\\s?m?s\\)?( # .*)?)?$");
    private static final Pattern NODE_TOTAL = Pattern.compile("(?m)^(?:#|ℹ) (tests|pass|fail|skipped|todo) (\\d+)$");
    private static final Pattern JEST_TOTAL = Pattern.compile("(?m)^\\s*Tests:?\\s+(.*?)(\\d+) total|^\\s*Tests\\s+(.*)\\((\\d+)\\)");
    private static final Pattern MOCHA_TOTAL = Pattern.compile("(?m)^\\s*(\\d+) (passing|failing|pending)\\b");
    private static final Pattern PYTEST_TOTAL = Pattern.compile("(\\d+) (passed|failed|errors?|skipped|xfailed|xpassed)\\b");
    private static final Pattern PYTEST_END = Pattern.compile("(?m)^(?:=+ )?((?:\\d+ \\w+(?:, )?)+) in \\d+\\.\\d+s.*$");
    private static final Pattern MAVEN_TOTAL = Pattern.compile(
            "Tests run: (\\d+), Failures: (\\d+), Errors: (\\d+), Skipped: (\\d+)(?!.*Time elapsed)(?! -- in)");
    /** As SDK 3.1 and before, and as 9 with its own terminal logger say it. */
    private static final Pattern DOTNET_LIST = Pattern.compile("(?m)^Total tests: (\\d+)$");
    private static final Pattern DOTNET_PARTS = Pattern.compile("(?m)^\\s*(Failed|Skipped): (\\d+)$");
    private static final Pattern DOTNET_SUMMARY =
            Pattern.compile("Test summary: total: (\\d+)[,;] failed: (\\d+)[,;] succeeded: \\d+[,;] skipped: (\\d+)");
    private static final Pattern DOTNET_TOTAL =
            Pattern.compile("(?:Passed|Failed)!\\s+- Failed:\\s+(\\d+), Passed:\\s+(\\d+), Skipped:\\s+(\\d+)");

    private static final Pattern PHPUNIT_OK = Pattern.compile("(?m)^OK \\((\\d+) tests?, \\d+ assertions?\\)");
    private static final Pattern PHPUNIT = Pattern.compile("(?m)^Tests: (\\d+), Assertions: \\d+(.*)\\.$");
    private static final Pattern MINITEST =
            Pattern.compile("(?m)^(\\d+) (?:runs|tests), \\d+ assertions, (\\d+) failures, (\\d+) errors, (\\d+) (?:skips|pendings)");
    private static final Pattern RSPEC = Pattern.compile("(?m)^(\\d+) examples?, (\\d+) failures?(?:, (\\d+) pending)?");

    private PrintedReports() {}

    static TestReport read(String output) {
        Map<String, Result> results = new LinkedHashMap<>();
        String[] lines = output.split("\\R");
        unittest(lines, results);
        go(lines, results);
        cargo(lines, results);
        ctest(lines, results);
        bun(lines, output, results);
        if (results.isEmpty()) {
            tap(lines, results);
        }
        if (results.isEmpty()) {
            spec(lines, output, results);
        }
        return results.isEmpty() ? counted(output).orElse(TestReport.NONE) : TestReport.of(results);
    }

    private static void unittest(String[] lines, Map<String, Result> results) {
        String open = "";
        Result last = null;
        for (String line : lines) {
            Matcher test = UNITTEST.matcher(line);
            boolean begins = test.matches();
            if (begins || line.startsWith("=====") || line.startsWith("-----")) {
                if (!open.isEmpty() && last != null) {
                    TestIds.add(results, open, last);
                }
                open = begins ? test.group(1) : "";
                last = null;
            }
            Matcher end = UNITTEST_END.matcher(begins ? test.group(2) : line);
            if (!open.isEmpty() && end.matches()) {
                // A part of a test that failed (subTest) is followed by no result of the whole.
                last = last == Result.FAIL ? last : unittest(end.group(1));
            }
        }
        if (!open.isEmpty() && last != null) {
            TestIds.add(results, open, last);
        }
    }

    private static Result unittest(String word) {
        return word.startsWith("skipped") ? Result.SKIP
                : word.equals("ok") || word.equals("expected failure") ? Result.PASS : Result.FAIL;
    }

    private static void go(String[] lines, Map<String, Result> results) {
        List<Map.Entry<String, Result>> open = new ArrayList<>();
        for (String line : lines) {
            Matcher test = GO.matcher(line);
            Matcher end = GO_PACKAGE.matcher(line);
            if (test.find()) {
                open.add(Map.entry(test.group(3), test.group(2).equals("PASS") ? Result.PASS
                        : test.group(2).equals("SKIP") ? Result.SKIP : Result.FAIL));
            } else if (end.matches() && (end.group(3) != null || !open.isEmpty())) {
                String name = end.group(2);
                open.forEach(each -> TestIds.add(results, name + "." + each.getKey(), each.getValue()));
                if (end.group(1).equals("FAIL") && open.stream().noneMatch(e -> e.getValue() == Result.FAIL)) {
                    // It did not compile, or ended in the middle.
                    TestIds.add(results, name, Result.FAIL);
                }
                open.clear();
            }
        }
    }

    private static void cargo(String[] lines, Map<String, Result> results) {
        String file = "";
        for (String line : lines) {
            Matcher header = CARGO_FILE.matcher(line);
            Matcher test = CARGO.matcher(line);
            if (header.matches()) {
                file = header.group(1) == null ? "doc " + header.group(2) : header.group(1);
            } else if (test.matches()) {
                // The line on which an example of the documentation stands is no part of its name.
                TestIds.add(results, file + "::" + test.group(1).replaceFirst(" \\(line"
                        + " \\d+\\)$", ""), test.group(2).equals("ok") ? Result.PASS
                        : test.group(2).equals("ignored") ? Result.SKIP : Result.FAIL);
            }
        }
    }

    private static void ctest(String[] lines, Map<String, Result> results) {
        for (String line : lines) {
            Matcher test = CTEST.matcher(line);
            if (test.matches()) {
                String said = test.group(2);
                TestIds.add(results, test.group(1), said.equals("Passed") ? Result.PASS
                        : said.contains("Disabled") || said.contains("Skipped") ? Result.SKIP : Result.FAIL);
            }
        }
    }

    /** Where it is told to be quiet, it names only those that fail; a list without the others would be compared with another. */
    private static void bun(String[] lines, String output, Map<String, Result> results) {
        Matcher end = BUN_END.matcher(output);
        if (!end.find()) {
            return;
        }
        Map<String, Result> named = new LinkedHashMap<>();
        String file = "";
        for (String line : lines) {
            Matcher header = BUN_FILE.matcher(line);
            Matcher test = BUN.matcher(line);
            if (header.matches()) {
                file = header.group(1) + " > ";
            } else if (test.matches()) {
                TestIds.add(named, file + test.group(2), test.group(1).equals("pass") ? Result.PASS
                        : test.group(1).equals("fail") ? Result.FAIL : Result.SKIP);
            }
        }
        if (named.size() >= Integer.parseInt(end.group(1))) {
            results.putAll(named);
        }
    }

    /** Subtests stand before their parent and deeper; the parent's name comes last. */
    private static void tap(String[] lines, Map<String, Result> results) {
        Map<Integer, List<Map.Entry<String, Result>>> pending = new java.util.TreeMap<>();
        for (String line : lines) {
            Matcher test = TAP.matcher(line);
            if (!test.matches()) {
                continue;
            }
            int depth = test.group(1).length();
            Result result = test.group(4) != null ? Result.SKIP : test.group(2).equals("ok") ? Result.PASS : Result.FAIL;
            String name = test.group(3);
            List<Map.Entry<String, Result>> inside = new ArrayList<>();
            pending.keySet().removeIf(other -> {
                if (other > depth) {
                    inside.addAll(pending.get(other));
                    return true;
                }
                return false;
            });
            List<Map.Entry<String, Result>> here = pending.computeIfAbsent(depth, d -> new ArrayList<>());
            inside.forEach(each -> here.add(Map.entry(name + " > " + each.getKey(), each.getValue())));
            if (inside.isEmpty()) {
                here.add(Map.entry(name, result));
            }
        }
        pending.values().forEach(list -> list.forEach(each -> TestIds.add(results, each.getKey(), each.getValue())));
    }

    /** The trees that node's own runner and mocha print; only where their figures stand below. */
    private static void spec(String[] lines, String output, Map<String, Result> results) {
        if (!NODE_TOTAL.matcher(output).find() && !MOCHA_TOTAL.matcher(output).find()) {
            return;
        }
        Deque<Map.Entry<Integer, String>> path = new ArrayDeque<>();
        for (String line : lines) {
            if (line.matches("^\\s*✖ failing tests:.*|^\\s*\\d+ (passing|failing).*")) {
                return;
            }
            Matcher test = SPEC.matcher(line);
            boolean title = line.matches("^\\s+\\S.*|^▶ .*") && !line.contains(":");
            if (!test.matches() && !title) {
                continue;
            }
            int depth = line.length() - line.stripLeading().length();
            while (!path.isEmpty() && path.peek().getKey() >= depth) {
                path.pop();
            }
            String name = test.matches() ? test.group(3).strip() : line.strip();
            if (!test.matches() || test.group(2).equals("▶")) {
                path.push(Map.entry(depth, name));
                continue;
            }
            List<String> above = new ArrayList<>();
            path.descendingIterator().forEachRemaining(each -> above.add(each.getValue()));
            above.add(name);
            String sign = test.group(2);
            Result result = test.group(4) != null || sign.equals("﹣") || sign.equals("-") ? Result.SKIP
                    : "✔✓√".contains(sign) ? Result.PASS : Result.FAIL;
            // A suite's own line comes after its tests, with its name: it is no test.
            boolean suite = results.keySet().stream().anyMatch(id -> id.startsWith(String.join(" > ", above) + " > "));
            if (!suite) {
                TestIds.add(results, String.join(" > ", above), result);
            }
        }
    }

    private static Optional<TestReport> counted(String output) {
        Matcher unittest = UNITTEST_TOTAL.matcher(output);
        if (unittest.find()) {
            int[] bad = new int[3];
            Matcher each = UNITTEST_BAD.matcher(output.substring(unittest.end()));
            while (each.find()) {
                bad[List.of("failures", "errors", "skipped").indexOf(each.group(1))] += Integer.parseInt(each.group(2));
            }
            return Optional.of(TestReport.counted(Integer.parseInt(unittest.group(1)), bad[0] + bad[1], bad[2]));
        }
        Matcher pytest = PYTEST_END.matcher(output);
        if (pytest.find()) {
            return Optional.of(words(PYTEST_TOTAL.matcher(pytest.group(1))));
        }
        if (output.contains("no tests ran in ")) {
            return Optional.of(TestReport.counted(0, 0, 0));
        }
        Matcher maven = MAVEN_TOTAL.matcher(output);
        int[] sums = new int[4];
        boolean found = false;
        while (maven.find()) {
            found = true;
            for (int i = 0; i < sums.length; i++) {
                sums[i] += Integer.parseInt(maven.group(i + 1));
            }
        }
        if (found) {
            return Optional.of(TestReport.counted(sums[0], sums[1] + sums[2], sums[3]));
        }
        Matcher dotnet = DOTNET_TOTAL.matcher(output);
        if (dotnet.find()) {
            int failed = Integer.parseInt(dotnet.group(1));
            int skipped = Integer.parseInt(dotnet.group(3));
            return Optional.of(TestReport.counted(failed + Integer.parseInt(dotnet.group(2)) + skipped, failed, skipped));
        }
        Optional<TestReport> others = dotnetOrBun(output);
        if (others.isPresent()) {
            return others;
        }
        Optional<TestReport> scripts = phpOrRuby(output);
        if (scripts.isPresent()) {
            return scripts;
        }
        Matcher jest = JEST_TOTAL.matcher(output);
        if (jest.find()) {
            String text = jest.group(1) != null ? jest.group(1) : jest.group(3);
            TestReport parts = words(Pattern.compile("(\\d+) (passed|failed|skipped|todo)").matcher(text));
            int total = Integer.parseInt(jest.group(2) != null ? jest.group(2) : jest.group(4));
            return Optional.of(TestReport.counted(total, parts.failed(), parts.skipped()));
        }
        Matcher node = NODE_TOTAL.matcher(output);
        Map<String, Integer> figures = new LinkedHashMap<>();
        while (node.find()) {
            figures.merge(node.group(1), Integer.parseInt(node.group(2)), Integer::sum);
        }
        if (figures.containsKey("tests")) {
            return Optional.of(TestReport.counted(figures.get("tests"), figures.getOrDefault("fail", 0),
                    figures.getOrDefault("skipped", 0)));
        }
        Matcher mocha = MOCHA_TOTAL.matcher(output);
        Map<String, Integer> said = new LinkedHashMap<>();
        while (mocha.find()) {
            said.merge(mocha.group(2), Integer.parseInt(mocha.group(1)), Integer::sum);
        }
        return said.isEmpty() ? Optional.empty() : Optional.of(TestReport.counted(said.values().stream().mapToInt(i -> i).sum(),
                said.getOrDefault("failing", 0), said.getOrDefault("pending", 0)));
    }

    private static Optional<TestReport> dotnetOrBun(String output) {
        Matcher summary = DOTNET_SUMMARY.matcher(output);
        if (summary.find()) {
            return Optional.of(TestReport.counted(Integer.parseInt(summary.group(1)), Integer.parseInt(summary.group(2)),
                    Integer.parseInt(summary.group(3))));
        }
        Matcher list = DOTNET_LIST.matcher(output);
        if (list.find()) {
            return Optional.of(TestReport.counted(Integer.parseInt(list.group(1)), parts(DOTNET_PARTS, output, "Failed"),
                    parts(DOTNET_PARTS, output, "Skipped")));
        }
        Matcher bun = BUN_END.matcher(output);
        return !bun.find() ? Optional.empty() : Optional.of(TestReport.counted(Integer.parseInt(bun.group(1)),
                parts(BUN_PARTS, output, "fail"), parts(BUN_PARTS, output, "skip") + parts(BUN_PARTS, output, "todo")));
    }

    /** The sum of what stands beside a word; either group of the pattern holds the word. */
    private static int parts(Pattern pattern, String output, String word) {
        int sum = 0;
        Matcher each = pattern.matcher(output);
        while (each.find()) {
            boolean first = each.group(1).equals(word);
            if (first || each.group(2).equals(word)) {
                sum += Integer.parseInt(each.group(first ? 2 : 1));
            }
        }
        return sum;
    }

    private static Optional<TestReport> phpOrRuby(String output) {
        Matcher fine = PHPUNIT_OK.matcher(output);
        if (fine.find()) {
            return Optional.of(TestReport.counted(Integer.parseInt(fine.group(1)), 0, 0));
        }
        Matcher php = PHPUNIT.matcher(output);
        if (php.find()) {
            return Optional.of(TestReport.counted(Integer.parseInt(php.group(1)), sum(php.group(2), "Errors|Failures"),
                    sum(php.group(2), "Skipped|Incomplete")));
        }
        Matcher ruby = MINITEST.matcher(output);
        if (ruby.find()) {
            return Optional.of(TestReport.counted(Integer.parseInt(ruby.group(1)), Integer.parseInt(ruby.group(2))
                    + Integer.parseInt(ruby.group(3)), Integer.parseInt(ruby.group(4))));
        }
        Matcher rspec = RSPEC.matcher(output);
        return !rspec.find() ? Optional.empty() : Optional.of(TestReport.counted(Integer.parseInt(rspec.group(1)),
                Integer.parseInt(rspec.group(2)), rspec.group(3) == null ? 0 : Integer.parseInt(rspec.group(3))));
    }

    private static int sum(String figures, String names) {
        int sum = 0;
        Matcher each = Pattern.compile("(?:" + names + "): (\\d+)").matcher(figures);
        while (each.find()) {
            sum += Integer.parseInt(each.group(1));
        }
        return sum;
    }

    private static TestReport words(Matcher each) {
        int total = 0;
        int failed = 0;
        int skipped = 0;
        while (each.find()) {
            int count = Integer.parseInt(each.group(1));
            String word = each.group(2);
            total += count;
            failed += word.startsWith("fail") || word.startsWith("error") ? count : 0;
            skipped += word.equals("skipped") ? count : 0;
        }
        return TestReport.counted(total, failed, skipped);
    }
}
