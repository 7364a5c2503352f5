package contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runner.Repository;

/** The statuses and exit codes of runs. Users' scripts and alerts depend on them, so they must never change. */
class StatusTest {
    @ParameterizedTest
    @CsvSource({"COMPLETED, completed, 0, false", "ERROR, error, 1, true", "MAX_ITERATIONS, max_iterations, 3, true",
        "BUDGET_EXCEEDED, budget_exceeded, 4, true", "STALLED, stalled, 5, true", "VERIFICATION_FAILED, verification_failed, 6, true",
        "FAILED_SELF_CHECK, failed_self_check, 7, true", "TIMEOUT, timeout, 8, true", "STOPPED, stopped, 9, false",
        "UNPROVEN, unproven, 10, false", "INTERRUPTED, interrupted, 130, true"})
    void eachHasItsWordItsExitCodeAndWhetherItIsAnError(Status status, String value, int exitCode, boolean error) {
        assertEquals(value, status.value());
        assertEquals(exitCode, status.exitCode());
        assertEquals(error, status.error());
    }

    @Test
    void theReadmeHasThemAllWithTheirExitCodes() throws IOException {
        Map<String, Integer> told = new TreeMap<>();
        Matcher row = Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\d+)").matcher(Files.readString(Repository.root().resolve("README.md"))
                .split("## Exit codes")[1]);
        while (row.find()) {
            told.put(row.group(1), Integer.valueOf(row.group(2)));
        }
        Map<String, Integer> real = new TreeMap<>();
        for (Status status : Status.values()) {
            real.put(status.value(), status.exitCode());
        }
        assertEquals(real, told);
    }
}
