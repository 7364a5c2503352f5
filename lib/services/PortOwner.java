package services;

import contract.EngineProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out which process listens on a port: through /proc on Linux, through {@code lsof} elsewhere. */
public final class PortOwner {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTEN = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final int LONGEST = 80;
    private static final String EMBEDDED = "the embedded engine of stack";
    private static final String CONTAINER = "a container";
    /** Who holds the ports of containers in their place: Docker's, Podman's, and those of both without root. */
    private static final Set<String> PUBLISHERS = Set.of("docker-proxy", "conmon", "rootlessport", "rootlesskit", "slirp4netns",
            "pasta");

    private PortOwner() {}

    /**
     * {@code the process 4711 (java -jar x.jar)}; empty when nobody listens or it cannot be seen. An embedded engine of this
     * program is called by its name, with the folder of its state, which tells whose it is; of a container it is only said that
     * it is one.
     */
    public static Optional<String> of(int port) {
        return Files.isReadable(PROC.resolve("net/tcp")) ? fromProc(port) : fromLsof(port);
    }

    private static Optional<String> fromProc(int port) {
        Set<String> sockets = new HashSet<>();
        for (String table : new String[] {"net/tcp", "net/tcp6"}) {
            try {
                for (String line : Files.readAllLines(PROC.resolve(table))) {
                    String[] fields = line.strip().split("\\s+");
                    if (fields.length > INODE && fields[STATE].equals(LISTEN) && portOf(fields[LOCAL_ADDRESS]) == port) {
                        sockets.add("socket:[" + fields[INODE] + "]");
                    }
                }
            } catch (IOException e) {
                continue;
            }
        }
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(process(sockets).orElse("a process of another user"));
    }

    private static int portOf(String hexAddress) {
        return Integer.parseInt(hexAddress.substring(hexAddress.lastIndexOf(':') + 1), 16);
    }

    private static Optional<String> process(Set<String> sockets) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, sockets)) {
                    return Optional.of(described(process));
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor) && sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Another user's process, or one that has just ended.
            return false;
        }
        return false;
    }

    /** How to end the embedded engine or the container that holds this port; empty when somebody else does. */
    public static Optional<String> remedy(int port) {
        Optional<String> who = of(port);
        if (who.filter(name -> name.startsWith(EMBEDDED)).isPresent()) {
            return Optional.of("end it: stack down --engine embedded (with the HOME and XDG_STATE_HOME that it was started with)");
        }
        return who.filter(name -> name.startsWith(CONTAINER)).map(name -> "end it: stack down --engine docker if it is the stack's"
                + " (docker ps --filter publish=" + port + " names it)");
    }

    private static String described(Path process) throws IOException {
        String line = commandLine(process);
        if (line.startsWith(CONTAINER)) {
            return line;
        }
        if (!line.startsWith(EMBEDDED)) {
            return "the process " + process.getFileName() + " (" + line + ")";
        }
        return EMBEDDED + ", process " + process.getFileName() + line.substring(EMBEDDED.length());
    }

    private static String commandLine(Path process) throws IOException {
        return described(List.of(new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8).split("\0")));
    }

    /** What runs there, from the words of its command line. */
    static String described(List<String> words) {
        int daemon = words.indexOf(EngineProcess.MAIN_CLASS);
        if (daemon >= 0) {
            List<String> state = words.subList(daemon + 1, words.size());
            return EMBEDDED + (state.isEmpty() ? "" : ", state in " + String.join(" ", state));
        }
        String program = words.get(0).substring(words.get(0).lastIndexOf('/') + 1);
        if (PUBLISHERS.contains(program)) {
            return CONTAINER + " (published by " + program + ")";
        }
        String line = String.join(" ", words).strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    private static Optional<String> fromLsof(int port) {
        try {
            Process lsof = new ProcessBuilder("lsof", "-nP", "-iTCP:" + port, "-sTCP:LISTEN", "-Fpc")
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(lsof.getInputStream(),
                    StandardCharsets.UTF_8))) {
                String found = lines.lines().limit(2).map(line -> line.substring(1)).collect(Collectors.joining(" "));
                String[] words = found.split(" ", 2);
                return words.length == 2 ? Optional.of("the process " + words[0] + " (" + words[1] + ")") : Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
