package functions;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import process.Completed;

/**
 * Test runners whose words are understood well enough to tell a success from a run in which nothing was tested, and a
 * failure from a runner that is not installed. Both are skipped, not passed: a check that did not happen proves nothing.
 */
public enum TestTool {
    PYTEST {
        @Override
        public Optional<String> testedNothing(Completed run) {
            boolean none = run.exitCode().orElse(-1) == PYTEST_NO_TESTS
                    || run.succeeded() && SUMMARY.matcher(run.output()).find() && !COUNTED.matcher(run.output()).find();
            return none ? Optional.of("pytest ran no test") : Optional.empty();
        }

        @Override
        public Optional<String> isMissing(Completed run) {
            return !run.succeeded() && run.output().strip().endsWith("No module named pytest")
                    ? Optional.of("pytest is not installed") : Optional.empty();
        }
    },
    UNITTEST {
        @Override
        public Optional<String> testedNothing(Completed run) {
            return run.output().contains("\nRan 0 tests") ? Optional.of("unittest found no tests") : Optional.empty();
        }
    },
    GO {
        @Override
        public Optional<String> testedNothing(Completed run) {
            boolean tested = run.output().lines().anyMatch(line -> line.startsWith("PASS")
                    || line.startsWith("ok") && !line.endsWith("[no tests to run]"));
            return run.succeeded() && !tested ? Optional.of("there are no Go tests") : Optional.empty();
        }
    },
    CARGO {
        @Override
        public Optional<String> testedNothing(Completed run) {
            return run.succeeded() && run.output().contains("running 0 tests") && !RUST_TESTS.matcher(run.output()).find()
                    ? Optional.of("there are no Rust tests") : Optional.empty();
        }
    },
    MAVEN {
        @Override
        public Optional<String> testedNothing(Completed run) {
            return run.succeeded() && run.output().contains("BUILD SUCCESS") && !MAVEN_TESTS.matcher(run.output()).find()
                    ? Optional.of("Maven ran no tests") : Optional.empty();
        }
    },
    GRADLE {
        @Override
        public Optional<String> testedNothing(Completed run) {
            return run.succeeded() && GRADLE_NONE.matcher(run.output()).find() && !GRADLE_TESTS.matcher(run.output()).find()
                    ? Optional.of("Gradle found no test sources") : Optional.empty();
        }
    },
    NODE {
        @Override
        public Optional<String> testedNothing(Completed run) {
            return run.succeeded() && NODE_NONE.matcher(run.output()).find()
                    ? Optional.of("there are no tests for Node's test runner") : Optional.empty();
        }
    },
    UNKNOWN;

    private static final int PYTEST_NO_TESTS = 5;
    private static final Pattern SUMMARY = Pattern.compile("(?m)\\b(skipped|deselected|no tests ran)\\b.* in \\d+\\.\\d+s");
    private static final Pattern COUNTED = Pattern.compile("(?m)\\d+ (passed|xpassed|xfailed|failed)\\b");
    private static final Pattern RUST_TESTS = Pattern.compile("(?m)^running [1-9]\\d* tests?$");
    private static final Pattern MAVEN_TESTS = Pattern.compile("Tests run: [1-9]");
    private static final Pattern GRADLE_NONE = Pattern.compile("(?m)^> Task \\S*[tT]est NO-SOURCE$");
    private static final Pattern GRADLE_TESTS = Pattern.compile("(?m)^> Task \\S*[tT]est( UP-TO-DATE| FROM-CACHE)?$");
    private static final Pattern NODE_NONE = Pattern.compile("(?m)^(#|ℹ) tests 0$");

    /** Why a run proves nothing although it may have succeeded. */
    public Optional<String> testedNothing(Completed run) {
        return Optional.empty();
    }

    /** Why a run failed without being a verdict on the work. */
    public Optional<String> isMissing(Completed run) {
        return Optional.empty();
    }

    /** The tool that a command runs, as far as its words tell. */
    public static TestTool of(List<String> words) {
        String program = words.get(0).substring(words.get(0).lastIndexOf('/') + 1);
        List<String> arguments = words.subList(1, words.size());
        if (program.matches("python[0-9.]*") && arguments.contains("-m")) {
            String module = arguments.get(Math.min(arguments.indexOf("-m") + 1, arguments.size() - 1));
            return module.equals("pytest") ? PYTEST : module.equals("unittest") ? UNITTEST : UNKNOWN;
        }
        boolean quiet = arguments.contains("-q") || arguments.contains("--quiet");
        return switch (program) {
            case "pytest", "py.test" -> PYTEST;
            case "go" -> arguments.contains("test") ? GO : UNKNOWN;
            case "cargo" -> arguments.contains("test") ? CARGO : UNKNOWN;
            // Told to be quiet, neither says how many tests there were.
            case "mvn", "mvnw" -> !quiet && arguments.stream().anyMatch(a -> a.matches("test|verify|install|package"))
                    ? MAVEN : UNKNOWN;
            case "gradle", "gradlew" -> !quiet && arguments.stream().anyMatch(a -> a.matches("(.*:)?(test|check|build)"))
                    ? GRADLE : UNKNOWN;
            case "npm", "pnpm", "yarn", "node", "bun" -> NODE;
            case "sh" -> arguments.isEmpty() || arguments.get(0).startsWith("-") ? UNKNOWN : of(arguments);
            default -> UNKNOWN;
        };
    }
}
