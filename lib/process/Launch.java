package process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import process.CannotStart.Reason;

/**
 * A command that is ready to start: its program is found and its environment is set. It also interprets the system's errors.
 *
 * @param program the file to run
 * @param cookie the mark of its process tree
 */
record Launch(ProcessBuilder builder, Path program, String cookie) {
    private static final long STARTED = System.currentTimeMillis() ^ System.nanoTime() << 20;
    private static final AtomicInteger COUNTER = new AtomicInteger();

    static Launch of(ProcessSpec spec, boolean merged) throws CannotStart {
        if (!Files.isDirectory(spec.directory())) {
            throw new CannotStart(Reason.NO_DIRECTORY, "the working directory " + spec.directory() + " does not exist", "");
        }
        if (spec.command().isEmpty()) {
            throw new CannotStart(Reason.NOT_FOUND, "the command is empty", "give a program and its arguments");
        }
        Path program = Programs.require(spec.command().get(0), spec.directory(), spec.environment());
        List<String> command = new ArrayList<>(spec.command());
        if (command.get(0).indexOf('/') < 0) {
            // Otherwise Java would search this JVM's PATH.
            command.set(0, program.toAbsolutePath().toString());
        }
        String cookie = newCookie();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(spec.directory().toFile());
        builder.redirectErrorStream(merged);
        Map<String, String> environment = builder.environment();
        environment.clear();
        try {
            environment.putAll(spec.environment());
        } catch (IllegalArgumentException e) {
            throw new CannotStart(Reason.OTHER, "a variable of the environment is not valid: " + e.getMessage(), "", e);
        }
        environment.merge(ProcessTree.COOKIE, cookie, (outer, own) -> outer + ":" + own);
        return new Launch(builder, program, cookie);
    }

    Process start() throws CannotStart {
        try {
            return builder.start();
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    private CannotStart refusal(IOException e) {
        String text = String.valueOf(e.getMessage());
        // Java's own message repeats program and directory before the cause.
        int cause = text.indexOf("error=");
        String message = "cannot start " + program.normalize() + ": " + (cause < 0 ? text : text.substring(cause));
        if (text.contains("error=2,")) {
            return new CannotStart(Reason.NOT_FOUND, message,
                    "the file exists, so the interpreter in its first line, or its loader, is missing", e);
        }
        if (text.contains("error=13,") || text.contains("error=8,")) {
            return new CannotStart(Reason.NOT_EXECUTABLE, message, "check that it is a program for this machine", e);
        }
        return new CannotStart(Reason.OTHER, message, "", e);
    }

    /** Unique on this machine; all have the same length, so none is a part of another. It need not be hard to guess. */
    private static String newCookie() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(ProcessHandle.current().pid(), 8) + hex.toHexDigits(STARTED)
                + hex.toHexDigits(COUNTER.incrementAndGet(), 8);
    }
}
