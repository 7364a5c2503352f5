package contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Which process the embedded engine is, so that no other one is taken for it and ended in its place. A number is no identity,
 * since numbers are given again, and the state file that names it may be wrong. So three things must fit: the number, the exact
 * moment at which the process began, and its command line, which names the engine and its folder.
 *
 * @param started when it began, by the operating system's account; differs by some hundredths between two readings
 * @param birth when it began, exactly, and since which start of the machine; empty where an earlier version wrote the file
 * @param folder its state folder, the last word of its command line
 */
public record EngineProcess(long pid, Instant started, String birth, Path folder) {
    /** The class that the engine's command line names. */
    public static final String MAIN_CLASS = "embedded.daemon.Daemon";
    /** Keys of the state file. */
    public static final String PID = "pid";
    public static final String STARTED = "started";
    public static final String BIRTH = "birth";

    /** Clocks of {@code /proc} tick in hundredths; two readings of one process differ by less than this. */
    private static final long SAME_START_MILLIS = 1500;
    private static final Path PROC = Path.of("/proc");
    private static final Path BOOT = PROC.resolve("sys/kernel/random/boot_id");
    /** The place of the start among the words behind the name, see proc(5). */
    private static final int START = 19;

    /** This process, as the engine of this folder. */
    public static EngineProcess own(Path folder) {
        return of(ProcessHandle.current(), folder);
    }

    /** A process as it is now. */
    public static EngineProcess of(ProcessHandle process, Path folder) {
        return new EngineProcess(process.pid(), process.info().startInstant().orElse(Instant.now()), birth(process).orElse(""),
                folder);
    }

    /** @throws RuntimeException when the state file is of another version, or not one */
    public static EngineProcess readFrom(Properties state, Path folder) {
        return new EngineProcess(Long.parseLong(state.getProperty(PID)), Instant.parse(state.getProperty(STARTED)),
                state.getProperty(BIRTH, ""), folder);
    }

    public void writeTo(Properties state) {
        state.setProperty(PID, Long.toString(pid));
        state.setProperty(STARTED, started.toString());
        state.setProperty(BIRTH, birth);
    }

    /** The process, when it still runs; what is left of one that has ended does not count. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid).filter(EngineProcess::lives).filter(this::beganThen).filter(this::isTheEngine);
    }

    private boolean beganThen(ProcessHandle process) {
        Optional<String> now = birth(process);
        if (!birth.isEmpty() && now.isPresent()) {
            return birth.equals(now.get());
        }
        return process.info().startInstant().map(start -> Math.abs(start.toEpochMilli() - started.toEpochMilli()) < SAME_START_MILLIS)
                .orElse(true);
    }

    /** Where nobody shows us its command line, the moment at which it began must do. */
    private boolean isTheEngine(ProcessHandle process) {
        List<String> words = commandLine(process);
        return words.isEmpty() || words.size() > 2 && words.get(words.size() - 2).equals(MAIN_CLASS)
                && isFolder(words.get(words.size() - 1));
    }

    private boolean isFolder(String word) {
        try {
            return word.equals(folder.toString()) || Files.isSameFile(Path.of(word), folder);
        } catch (IOException | RuntimeException e) {
            return false; // gone, or no path at all
        }
    }

    private static List<String> commandLine(ProcessHandle process) {
        try {
            // Java itself reads no more than a page of it, and a class path is longer.
            String text = new String(Files.readAllBytes(entry(process).resolve("cmdline")), StandardCharsets.UTF_8);
            return List.of(text.split("\0"));
        } catch (IOException e) {
            return process.info().arguments().map(List::of).orElse(List.of());
        }
    }

    /** Exactly when a process began, in words that only mean something when compared; empty when the system does not say. */
    private static Optional<String> birth(ProcessHandle process) {
        try {
            String stat = stat(process);
            String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Optional.of(words[START] + " ticks since " + Files.readString(BOOT).strip());
        } catch (IOException | IndexOutOfBoundsException e) {
            // No Linux: there the moment is told exactly.
            return Files.isDirectory(PROC.resolve("self")) ? Optional.empty() : process.info().startInstant().map(Instant::toString);
        }
    }

    /**
     * Whether a process still runs. Java also calls one alive that has ended and that its parent has not asked about: in a
     * container without an init nobody ever asks. While threads of it remain it may still hold ports and locks, and counts.
     */
    public static boolean lives(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = stat(process);
            // The name stands in parentheses and may hold any character; the state is the letter behind them.
            boolean ended = "ZXx".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0;
            return !ended || threads(process) > 1;
        } catch (NoSuchFileException e) {
            return !Files.isDirectory(PROC.resolve("self"));
        } catch (IOException | StringIndexOutOfBoundsException e) {
            return process.isAlive(); // no Linux, or it ended while we looked
        }
    }

    private static String stat(ProcessHandle process) throws IOException {
        // A name may hold any bytes.
        return Files.readString(entry(process).resolve("stat"), StandardCharsets.ISO_8859_1);
    }

    private static long threads(ProcessHandle process) throws IOException {
        try (Stream<Path> threads = Files.list(entry(process).resolve("task"))) {
            return threads.count();
        }
    }

    private static Path entry(ProcessHandle process) {
        return PROC.resolve(Long.toString(process.pid()));
    }
}
