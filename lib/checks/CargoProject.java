package checks;

import checks.TestReport.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import process.Completed;

/** A {@code Cargo.toml} with tests in the sources. */
final class CargoProject implements Ecosystem {
    private static final Pattern SOURCE = Pattern.compile(".*\\.rs");
    private static final Pattern TEST = Pattern.compile("#\\[(?:\\w++::)*+test\\b|^[ \\t]*+///[ \\t]*+```", Pattern.MULTILINE);

    private static final Pattern GUARDED =
            Pattern.compile("(.*/)?(tests|benches)/.*|(.*/)?\\.cargo/.*|(.*/)?build\\.rs|.*_tests?\\.rs|(.*/)?tests?\\.rs");
    private static final Pattern TEST_SECTION = Pattern.compile("test|bench|\\[lib\\]|\\[\\[bin|profile|features|workspace");
    private static final Pattern RESULT = Pattern.compile("^test (.+?)(?: - should panic)? \\.\\.\\. (ok|FAILED|ignored)\\b.*$");
    private static final Pattern FILE = Pattern.compile("^\\s*(?:Running (?:unittests )?(\\S+)|Doc-tests (\\S+)).*$");
    private static final Pattern RAN = Pattern.compile("(?m)^running [1-9]\\d*+ tests?$");
    private static final String TEST_MODULE = "#[cfg(test)]";

    @Override
    public Optional<List<String>> find(FileView files, Predicate<String> installed) {
        boolean tests = files.exists("Cargo.toml")
                && files.named(SOURCE).stream().map(files::text).anyMatch(text -> TEST.matcher(text).find());
        return tests ? Optional.of(List.of("cargo", "test")) : Optional.empty();
    }

    @Override
    public boolean guards(String path) {
        return GUARDED.matcher(path).matches();
    }

    @Override
    public Optional<String> testPart(String path, String text) {
        if (Names.of(path).equals("Cargo.toml")) {
            return Optional.of(Sections.matching(text, TEST_SECTION));
        }
        return path.endsWith(".rs") && TEST.matcher(text).find() ? Optional.of(tests(text).orElse(text)) : Optional.empty();
    }

    /** Unit tests are in a module at the end of the file that they test. */
    @Override
    public Optional<String> spliced(String path, String source, String tests) {
        if (!path.endsWith(".rs")) {
            return Optional.empty();
        }
        Optional<String> theirs = tests(tests);
        boolean apart = !TEST.matcher(tests).find() || theirs.isPresent();
        return apart ? Optional.of(code(source) + theirs.orElse("")) : Optional.empty();
    }

    private static Optional<String> tests(String text) {
        int start = text.indexOf(TEST_MODULE);
        boolean last = start >= 0 && !TEST.matcher(text.substring(0, start)).find() && endsWithTheModule(text.substring(start));
        return last ? Optional.of(text.substring(start)) : Optional.empty();
    }

    private static String code(String text) {
        int start = text.indexOf(TEST_MODULE);
        return start < 0 || tests(text).isEmpty() ? text : text.substring(0, start);
    }

    /** Whether nothing comes after the module's closing brace. */
    private static boolean endsWithTheModule(String text) {
        int depth = 0;
        for (int i = text.indexOf('{'); i >= 0 && i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return text.substring(i + 1).isBlank();
            }
        }
        return false;
    }

    @Override
    public Optional<TestRunner> runner(String program, List<String> arguments) {
        return program.equals("cargo") && arguments.contains("test") ? Optional.of(CargoProject::testedNothing) : Optional.empty();
    }

    private static Optional<String> testedNothing(Completed run) {
        return run.succeeded() && run.output().contains("running 0 tests") && !RAN.matcher(run.output()).find()
                ? Optional.of("there are no Rust tests") : Optional.empty();
    }

    @Override
    public List<String> asking(List<String> words, FileView files, Path report) {
        // Without this option, the first file with a failure hides the tests of all other files.
        return words.equals(List.of("cargo", "test")) ? List.of("--no-fail-fast") : List.of();
    }

    @Override
    public void named(Printed printed, Map<String, Result> results) {
        String file = "";
        for (String line : printed.lines()) {
            Matcher header = FILE.matcher(MeasuredText.of(line));
            Matcher test = RESULT.matcher(MeasuredText.of(line));
            if (header.matches()) {
                file = header.group(1) == null ? "doc " + header.group(2) : header.group(1);
            } else if (test.matches()) {
                // The line number of an example in the documentation is not part of its name.
                String name = test.group(1).replaceFirst(" \\(line \\d+\\)$", "");
                TestIds.add(results, file + "::" + name, test.group(2).equals("ok") ? Result.PASS
                        : test.group(2).equals("ignored") ? Result.SKIP : Result.FAIL);
            }
        }
    }
}
