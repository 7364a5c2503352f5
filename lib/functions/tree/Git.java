package functions.tree;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import process.CannotStart;
import process.ChildProcess;
import process.ProcessSpec;

/**
 * Git's plumbing commands on a repository of ours beside the user's files. No program from a configuration or an attribute is run: no
 * hooks, no filters, no external diff, no file system monitor. Neither the user's configuration nor that of their repository is read.
 *
 * @param variables of git's environment, without those for the other three
 */
record Git(Path repository, Path workTree, Path index, Map<String, String> variables) {
    /** Enough for a listing of some millions of paths; a longer output is an error. */
    private static final int MOST = 512 << 20;
    private static final int STDERR_SHOWN = 2000;
    /** After this time, check whether git waits for a pipe or a device. */
    private static final Duration SUSPICIOUS = Duration.ofSeconds(2);
    private static final List<String> SETTINGS = List.of("core.bare=false", "core.autocrlf=false", "core.safecrlf=false",
            "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.untrackedCache=false", "core.attributesFile=/dev/null",
            "core.excludesFile=/dev/null", "core.compression=0", "core.quotePath=false", "core.fsync=none", "gc.auto=0",
            "maintenance.auto=false", "protocol.allow=never", "diff.external=", "submodule.recurse=false");

    /** Git failed; the message is git's own. */
    static final class GitException extends Exception {
        private static final long serialVersionUID = 1L;

        GitException(String message) {
            super(message);
        }

        GitException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A command's output: all of its standard output, and the beginning of its standard error. */
    record Said(byte[] output, String complaints) {
        String line() {
            return new String(output, StandardCharsets.UTF_8).strip();
        }

        /** The entries of a list that is separated by zero bytes, in its order. */
        Set<String> paths() {
            return new LinkedHashSet<>(NullSeparated.split(output));
        }
    }

    /** @param surroundings the environment; only PATH is taken from it */
    static Git of(TreeStore store, Path workTree, Map<String, String> surroundings) {
        Map<String, String> variables = new TreeMap<>();
        if (surroundings.containsKey("PATH")) {
            variables.put("PATH", surroundings.get("PATH"));
        }
        variables.putAll(Map.of("LC_ALL", "C", "GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_SYSTEM", "/dev/null",
                "GIT_CONFIG_NOSYSTEM", "1", "GIT_ATTR_NOSYSTEM", "1", "GIT_TERMINAL_PROMPT", "0",
                "GIT_LITERAL_PATHSPECS", "1", "GIT_DEFAULT_HASH", "sha1"));
        // Versions before 2.32 do not know GIT_CONFIG_GLOBAL and look into the home folder.
        variables.put("HOME", store.repository().toString());
        variables.put("XDG_CONFIG_HOME", store.repository().toString());
        return new Git(store.repository(), workTree, store.session().resolve("index"), variables);
    }

    /** Another repository over the same files, only for reading. */
    Git of(Path otherRepository) {
        return new Git(otherRepository, workTree, index, variables);
    }

    /** The same with an index of its own. */
    Git withIndex(Path other) {
        return new Git(repository, workTree, other, variables);
    }

    /** The same on another folder. */
    Git in(Path folder) {
        return new Git(repository, folder, index, variables);
    }

    /** Makes the repository; only the owner can read its files. */
    void init(Path folder, Duration limit) throws GitException, InterruptedException {
        Map<String, String> plain = new TreeMap<>(variables);
        plain.put("GIT_DIR", folder.toString());
        said(new ProcessSpec(List.of("git", "init", "-q", "--bare", "--template=", "--shared=0600"), folder, plain,
                new byte[0]), limit);
    }

    /** Runs a git command without input on the repository and the files. */
    Said run(Duration limit, String... arguments) throws GitException, InterruptedException {
        return run(limit, new byte[0], arguments);
    }

    /** Runs a git command on the repository and the files. If git waits for a pipe or a device, the command is ended. */
    Said run(Duration limit, byte[] input, String... arguments) throws GitException, InterruptedException {
        refuse(BlockingFiles.atTheTop(workTree, repository));
        return said(new ProcessSpec(command(arguments), workTree, environment(), input), limit);
    }

    private static void refuse(Optional<Path> blocking) throws GitException {
        if (blocking.isPresent()) {
            throw new GitException("git would wait for " + blocking.get() + ", which is a pipe or a device; remove it");
        }
    }

    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "--no-pager"));
        SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    Map<String, String> environment() {
        Map<String, String> complete = new TreeMap<>(variables);
        complete.put("GIT_DIR", repository.toString());
        complete.put("GIT_WORK_TREE", workTree.toString());
        complete.put("GIT_INDEX_FILE", index.toString());
        return complete;
    }

    private Said said(ProcessSpec spec, Duration limit) throws GitException, InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        try (ChildProcess child = ChildProcess.start(spec)) {
            Thread out = reader(child.stdout(), output, MOST);
            Thread err = reader(child.stderr(), complaints, STDERR_SHOWN);
            Deadline deadline = Deadline.in(limit);
            boolean ended = child.waitFor(SUSPICIOUS.compareTo(limit) < 0 ? SUSPICIOUS : limit);
            if (!ended) {
                refuse(BlockingFiles.anywhere(workTree, repository, deadline));
                ended = child.waitFor(deadline.left());
            }
            if (!ended) {
                throw new GitException("git took longer than " + process.Durations.text(limit));
            }
            out.join();
            err.join();
            String said = complaints.toString(StandardCharsets.UTF_8).strip();
            if (child.exitCode().orElse(-1) != 0) {
                throw new GitException("git failed with exit code " + child.exitCode().orElse(-1) + ": " + said);
            }
            if (output.size() >= MOST) {
                throw new GitException("git wrote more than " + MOST + " bytes");
            }
            return new Said(output.toByteArray(), said);
        } catch (CannotStart e) {
            throw new GitException(e.getMessage(), e);
        }
    }

    private static Thread reader(InputStream in, ByteArrayOutputStream into, int most) {
        Thread thread = new Thread(() -> {
            byte[] chunk = new byte[8192];
            try {
                for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                    into.write(chunk, 0, Math.min(n, Math.max(0, most - into.size())));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read git's output", e);
            }
        }, "git-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
