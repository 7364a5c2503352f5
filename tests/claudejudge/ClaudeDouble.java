package claudejudge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import reasoning.FakeTiming;
import reasoning.JudgeDouble;
import reasoning.Prices;
import reasoning.RetryPolicy;

/** A script in the place of Claude Code, for the table of all judges' faults: it prints what the real one was seen to print. */
public final class ClaudeDouble {
    /** A script is slow on a machine that is busy; no row but that of the missing answer is about time. */
    private static final Duration PATIENT = Duration.ofMinutes(10);
    private static final RetryPolicy FOUR =
            new RetryPolicy(4, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMinutes(2), Duration.ofMinutes(5));

    private ClaudeDouble() {}

    /** One that ends with this result line, and a message with Claude Code's word for the error before it where there is one. */
    public static JudgeDouble result(Path folder, String error, String fields) {
        String message = error.isEmpty() ? "" : "{\"type\":\"assistant\",\"error\":\"" + error + "\"}\n";
        return script(folder, "cat <<'END_OF_LINES'\n" + message + "{\"type\":\"result\"," + fields + "}\nEND_OF_LINES\nexit 1",
                PATIENT, FOUR);
    }

    public static JudgeDouble script(Path folder, String body) {
        return script(folder, body, PATIENT, FOUR);
    }

    public static JudgeDouble hanging(Path folder) {
        return script(folder, "sleep 600", Duration.ofMillis(500),
                new RetryPolicy(2, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(5)));
    }

    private static JudgeDouble script(Path folder, String body, Duration limit, RetryPolicy retry) {
        try {
            Path program = folder.resolve("claude");
            Files.writeString(program, "#!/bin/sh\n" + body + "\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            Map<String, String> environment = new TreeMap<>(Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString(),
                    "CLAUDE_BIN", program.toString()));
            return new JudgeDouble(new ClaudeJudge(new JudgeProcess(environment, Optional.empty(), limit), Optional.empty(),
                    Prices.load(Map.of("XDG_CONFIG_HOME", "/nonexistent")), retry, new FakeTiming()), () -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
