package cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import journal.Sessions;
import journal.StateHome;

/** Runs {@code pa} as its users do: a process of its own, with an environment of our choosing and homes of its own. */
public final class Pa {
    private static final long PATIENCE_SECONDS = 120;

    private final Path home;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> jvm = new ArrayList<>();
    private byte[] input = new byte[0];

    /** What became of it. */
    public record Result(int exitCode, String out, String err) {
        @Override
        public String toString() {
            return "exit " + exitCode + "\n--- stdout\n" + out + "\n--- stderr\n" + err;
        }
    }

    /** @param home an empty folder: HOME and the XDG folders point into it */
    public Pa(Path home) {
        this.home = home;
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", home.toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("XDG_STATE_HOME", home.resolve("state").toString());
        environment.put("XDG_CONFIG_HOME", home.resolve("config").toString());
    }

    public Pa with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public Pa without(String variable) {
        environment.remove(variable);
        return this;
    }

    /** Without what may be installed here: only the system's basic commands, no claude. */
    public Pa withBarePath() {
        return with("PATH", "/usr/bin:/bin");
    }

    public Pa jvmOption(String option) {
        jvm.add(option);
        return this;
    }

    public Pa input(String text) {
        input = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /** Starts it and returns at once; its output goes to files in the home. */
    public Process start(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "pa"));
        command.addAll(List.of(arguments));
        try {
            Path in = Files.createTempFile(home, "in", "");
            Files.write(in, input);
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                    .redirectInput(in.toFile()).redirectOutput(out().toFile()).redirectError(err().toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Result run(Path directory, String... arguments) {
        Process process = start(directory, arguments);
        return result(process);
    }

    /** Waits for the end of what was started. */
    public Result result(Process process) {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("pa did not end\n" + read(out()) + "\n" + read(err()));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Result(process.exitValue(), read(out()), read(err()));
    }

    /** What it keeps, unless it was told another place. */
    public StateHome state() {
        return StateHome.of(environment);
    }

    /** Its sessions of a working directory. */
    public Sessions sessions(Path directory) {
        return new Sessions(state(), directory);
    }

    public Path out() {
        return home.resolve("pa.out");
    }

    public Path err() {
        return home.resolve("pa.err");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
