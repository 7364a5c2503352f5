package e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import runner.Repository;

/** The twenty known defects of the original: each must have a test with its number. */
class DefectsTest {
    private static final List<String> TITLES = List.of(
            "every span is its own trace; no TRACEPARENT in or out",
            "an invalid key passes the self-check, and the worker is paid for each round",
            "a worker that exits 1 with an invalid key ends as a completed task",
            "the way to give up throws, so that the loop goes on to its limit",
            "429 is never retried and RetryInfo ignored",
            "the reasoning prompt says that the task is not specified",
            "a tool counts as successful when it is requested; its result is ignored",
            "a metric's label holds the shell command, secrets included",
            "an answer cut by MAX_TOKENS is a parse error for ever",
            "verification looks for another word than its verifiers print; its options have no effect",
            "signals leave the child running, spans open, nothing flushed, sessions.active at 1",
            "a hung worker hangs the loop",
            "the worker's cost, usage and turns are ignored; no budget; wrong prices",
            "each round is a new conversation",
            "the user's tree is committed to git, secrets included",
            "any script is run, any path read, and any HTTP answer is a success",
            "status lines on stdout",
            "buckets of milliseconds for seconds; no service.instance.id",
            "the model is hard-coded",
            "the flush at exit has no bound");
    private static final Pattern METHOD = Pattern.compile("\\bvoid (\\w*[dD]efect(\\d+)\\w*)\\(");

    static Stream<Arguments> defects() {
        return IntStream.rangeClosed(1, TITLES.size()).mapToObj(n -> Arguments.of(n, TITLES.get(n - 1)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("defects")
    void hasATest(int number, String title) {
        List<String> tests = sources().flatMap(source -> METHOD.matcher(source).results())
                .filter(method -> Integer.parseInt(method.group(2)) == number).map(method -> method.group(1))
                .collect(Collectors.toList());
        assertTrue(!tests.isEmpty(), () -> "no test method is called defect" + number + "…: " + title);
    }

    private static Stream<String> sources() {
        try (Stream<Path> files = Files.walk(Repository.root().resolve("tests"))) {
            return files.filter(file -> file.toString().endsWith("Test.java")).map(DefectsTest::read)
                    .collect(Collectors.toList()).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
