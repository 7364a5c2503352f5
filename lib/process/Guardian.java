package process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes sure that no child process outlives this JVM, even if SIGKILL kills the JVM. The guardian is a small shell that holds the other
 * end of a pipe. When the JVM is gone for any reason, the pipe closes; then the shell ends the trees that are still registered, and
 * itself. It inherits none of our streams, so it keeps no pipe open.
 *
 * <p>One per JVM, started with the first child. The protocol is one line per event: {@code + COOKIE} before a child is
 * started, {@code = COOKIE PID} when it runs, {@code - COOKIE} when its tree has ended.
 */
final class Guardian {
    private static final Guardian INSTANCE = new Guardian();

    /** The registered trees, with the root's pid while it runs. */
    private final Map<String, Optional<Long>> trees = new LinkedHashMap<>();
    private Process shell;

    private Guardian() {}

    static Guardian instance() {
        return INSTANCE;
    }

    /** @throws IOException when no guardian runs and none can be started: then no child may be started either */
    synchronized void expect(String cookie) throws IOException {
        trees.put(cookie, Optional.empty());
        try {
            tell("+ " + cookie);
        } catch (IOException e) {
            trees.remove(cookie);
            throw e;
        }
    }

    /** An ended tree is not registered again: another process may soon get its pid. */
    synchronized void started(String cookie, long pid) throws IOException {
        if (trees.replace(cookie, Optional.of(pid)) == null) {
            return;
        }
        tell("= " + cookie + " " + pid);
    }

    synchronized void over(String cookie) {
        if (trees.remove(cookie) != null && shell != null && shell.isAlive()) {
            try {
                write("- " + cookie);
            } catch (IOException e) {
                // The guardian has just died. The next child starts a new one, which will not know this tree.
                shell.destroyForcibly();
            }
        }
    }

    /** Whether a tree is registered; for tests. */
    synchronized boolean guards(String cookie) {
        return trees.containsKey(cookie);
    }

    /** The shell's pid, when it runs; for tests. */
    synchronized Optional<Long> pid() {
        return Optional.ofNullable(shell).filter(Process::isAlive).map(Process::pid);
    }

    private void tell(String line) throws IOException {
        if (shell != null && shell.isAlive()) {
            try {
                write(line);
                return;
            } catch (IOException e) {
                shell.destroyForcibly();
            }
        }
        // The first child, or the guardian was killed: the new guardian receives all registered trees.
        start();
        for (Map.Entry<String, Optional<Long>> tree : trees.entrySet()) {
            write(tree.getValue().map(pid -> "= " + tree.getKey() + " " + pid).orElse("+ " + tree.getKey()));
        }
    }

    private void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script(), "agentproxy-guardian");
        builder.directory(new java.io.File("/"));
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        shell = builder.start();
    }

    private void write(String line) throws IOException {
        OutputStream pipe = shell.getOutputStream();
        pipe.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        pipe.flush();
    }

    /** The program of the shell, {@code guardian.sh} beside this class. */
    static String script() throws IOException {
        try (InputStream file = Guardian.class.getResourceAsStream("guardian.sh")) {
            if (file == null) {
                throw new IOException("guardian.sh is not on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
