package checks;

import checks.TestReport.Result;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import process.Completed;

/** How to ask the test runners of JavaScript for a report and read it: jest, vitest, mocha, bun and Node's own. */
final class NodeReports {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REPORT = "tests.json";
    /** The forms in which a script of package.json starts one program and nothing else: with variables, through a manager, by its path. */
    private static final String STARTS = "(\\w+=\\S+ |npx (--no-install |--yes |-y )?|bunx |yarn |pnpm (exec )?"
            + "|cross-env(-shell)? |node (--\\S+ ){0,20}){0,20}(\\./)?(node_modules/(\\.bin/|jest/bin/|vitest/))?";
    private static final Pattern JEST = Pattern.compile(STARTS + "jest(\\.js)?( .*)?");
    private static final Pattern VITEST = Pattern.compile(STARTS + "vitest(\\.mjs)?( .*)?");
    private static final Pattern BUN = Pattern.compile("^\\((pass|fail|skip|todo)\\) (.+?)(?: \\[\\d+(?:\\.\\d+)?m?s\\])?$");
    private static final Pattern BUN_FILE = Pattern.compile("^(\\S+[._](?:test|spec)\\.[cm]?[jt]sx?):$");
    private static final Pattern BUN_END = Pattern.compile("(?m)^Ran (\\d+) tests? across \\d+ files?\\.");
    private static final Pattern BUN_PARTS = Pattern.compile("(?m)^[ \\t]*+(\\d+) (fail|skip|todo)$");
    private static final Pattern TAP = Pattern.compile("^(\\s*)(not ok|ok) \\d+ ?-? ?(.*?)(\\s+# (?i:skip|todo).*)?$");
    private static final Pattern SPEC = Pattern.compile(
            "^(\\s*)([✔✓√✖✗×▶﹣-]|\\d+\\)) (.+?)(?: \\(?\\d+(?:\\.\\d+)?\\s?m?s\\)?( # .*)?)?$");
    private static final Pattern NODE_TOTAL = Pattern.compile("(?m)^(?:#|ℹ) (tests|pass|fail|skipped|todo) (\\d+)$");
    private static final Pattern JEST_TOTAL =
            Pattern.compile("(?m)^[ \\t]*+Tests:?\\s+(.*?)\\b(\\d++) total|^[ \\t]*+Tests\\s+(.*)\\((\\d+)\\)");
    private static final Pattern MOCHA_TOTAL = Pattern.compile("(?m)^[ \\t]*+(\\d+) (passing|failing|pending)\\b");
    private static final Pattern NO_TESTS = Pattern.compile("(?m)^(#|ℹ) tests 0$");

    private NodeReports() {}

    static Optional<String> testedNothing(Completed run) {
        return run.succeeded() && NO_TESTS.matcher(run.output()).find()
                ? Optional.of("there are no tests for Node's test runner") : Optional.empty();
    }

    /** Arguments that make a script's runner write a report; none if the script starts another program, or more than one. */
    static List<String> asking(String script, Path report) {
        boolean alone = !script.matches("(?s).*[&|;\n].*") && !script.contains("--outputFile");
        return alone && JEST.matcher(script).matches() ? List.of("--json", "--outputFile=" + report.resolve(REPORT))
                : alone && VITEST.matcher(script).matches()
                        ? List.of("--reporter=json", "--outputFile=" + report.resolve(REPORT)) : List.of();
    }

    /** The format of jest; vitest writes it too. */
    static void written(Path report, List<Path> places, Map<String, Result> results) {
        Path file = report.resolve(REPORT);
        if (!LiveFiles.small(file)) {
            return;
        }
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            for (JsonNode suite : json.path("testResults")) {
                if (suite.path("assertionResults").isEmpty() && suite.path("status").asText().equals("failed")) {
                    TestIds.add(results, within(suite.path("name").asText(), places), Result.FAIL);
                }
                for (JsonNode test : suite.path("assertionResults")) {
                    String status = test.path("status").asText();
                    TestIds.add(results, within(suite.path("name").asText(), places) + " > " + test.path("fullName").asText(),
                            status.equals("passed") ? Result.PASS : status.equals("failed") ? Result.FAIL : Result.SKIP);
                }
            }
        } catch (IOException e) {
            results.clear();
        }
    }

    /** A file's path in the project, because two files may have the same name. */
    private static String within(String path, List<Path> places) {
        return places.stream().filter(place -> path.startsWith(place + "/")).findFirst()
                .map(place -> path.substring(place.toString().length() + 1)).orElse(Names.of(path));
    }

    /** In quiet mode it names only failed tests; such a list must not be compared with a complete one. */
    static void bun(Printed printed, Map<String, Result> results) {
        Matcher end = BUN_END.matcher(MeasuredText.of(printed.text()));
        if (!end.find()) {
            return;
        }
        Map<String, Result> named = new LinkedHashMap<>();
        String file = "";
        for (String line : printed.lines()) {
            Matcher header = BUN_FILE.matcher(MeasuredText.of(line));
            Matcher test = BUN.matcher(MeasuredText.of(line));
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

    /** Subtests are printed before their parent, with more indentation; the parent's name comes last. */
    static void tap(Printed printed, Map<String, Result> results) {
        Map<Integer, List<Map.Entry<String, Result>>> pending = new TreeMap<>();
        for (String line : printed.lines()) {
            Matcher test = TAP.matcher(MeasuredText.of(line));
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

    /** The trees that node's own runner and mocha print; used only if their figures follow. */
    static void spec(Printed printed, Map<String, Result> results) {
        if (!NODE_TOTAL.matcher(MeasuredText.of(printed.text())).find() && !MOCHA_TOTAL.matcher(MeasuredText.of(printed.text())).find()) {
            return;
        }
        Deque<Map.Entry<Integer, String>> path = new ArrayDeque<>();
        for (String line : printed.lines()) {
            if (line.matches("^\\s*✖ failing tests:.*|^\\s*\\d+ (passing|failing).*")) {
                return;
            }
            Matcher test = SPEC.matcher(MeasuredText.of(line));
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
            // A suite's own line comes after its tests, with the suite's name. It is not a test.
            boolean suite = results.keySet().stream().anyMatch(id -> id.startsWith(String.join(" > ", above) + " > "));
            if (!suite) {
                TestIds.add(results, String.join(" > ", above), result);
            }
        }
    }

    static Optional<TestReport> counted(Printed printed) {
        String output = printed.text();
        Matcher bun = BUN_END.matcher(MeasuredText.of(output));
        if (bun.find()) {
            return Optional.of(TestReport.counted(Integer.parseInt(bun.group(1)), printed.sum(BUN_PARTS, "fail"),
                    printed.sum(BUN_PARTS, "skip") + printed.sum(BUN_PARTS, "todo")));
        }
        Matcher jest = JEST_TOTAL.matcher(MeasuredText.of(output));
        if (jest.find()) {
            String text = jest.group(1) != null ? jest.group(1) : jest.group(3);
            TestReport parts = Printed.figures(Pattern.compile("(?<!\\d)(\\d++) (passed|failed|skipped|todo)")
                    .matcher(MeasuredText.of(text)));
            int total = Integer.parseInt(jest.group(2) != null ? jest.group(2) : jest.group(4));
            return Optional.of(TestReport.counted(total, parts.failed(), parts.skipped()));
        }
        Matcher node = NODE_TOTAL.matcher(MeasuredText.of(output));
        Map<String, Integer> figures = new LinkedHashMap<>();
        while (node.find()) {
            figures.merge(node.group(1), Integer.parseInt(node.group(2)), Integer::sum);
        }
        if (figures.containsKey("tests")) {
            return Optional.of(TestReport.counted(figures.get("tests"), figures.getOrDefault("fail", 0),
                    figures.getOrDefault("skipped", 0)));
        }
        Matcher mocha = MOCHA_TOTAL.matcher(MeasuredText.of(output));
        Map<String, Integer> said = new LinkedHashMap<>();
        while (mocha.find()) {
            said.merge(mocha.group(2), Integer.parseInt(mocha.group(1)), Integer::sum);
        }
        return said.isEmpty() ? Optional.empty() : Optional.of(TestReport.counted(said.values().stream().mapToInt(i -> i).sum(),
                said.getOrDefault("failing", 0), said.getOrDefault("pending", 0)));
    }
}
