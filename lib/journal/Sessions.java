package journal;

import contract.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sessions of a working directory. */
public final class Sessions {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int RANDOM_BOUND = 0x10000;

    private final Path folder;
    private final Path workingDirectory;

    public Sessions(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
        this.folder = workingDirectory.resolve(SessionFolder.PA_FOLDER).resolve(SessionFolder.SESSIONS);
    }

    /** A new id that sorts by time and is short enough to type: {@code 20261122-174512-3fa9}. */
    public static String newId(LocalDateTime now) {
        return STAMP.format(now) + String.format(Locale.ROOT, "-%04x", new SecureRandom().nextInt(RANDOM_BOUND));
    }

    /** All of them, newest first. */
    public List<SessionSummary> list() {
        return ids().stream().flatMap(id -> summary(id).stream()).collect(Collectors.toList());
    }

    /** @param idOrStart a session's id, or a start of it that only one has; empty for the newest */
    public SessionSummary find(Optional<String> idOrStart) {
        List<String> all = ids();
        if (all.isEmpty()) {
            throw Failure.usage("no sessions in " + workingDirectory,
                    "run one: pa \"task\"; or name its working directory with -d DIR");
        }
        if (idOrStart.isEmpty()) {
            return all.stream().flatMap(id -> summary(id).stream()).findFirst().orElseThrow(() -> empty(all.get(0)));
        }
        String wanted = idOrStart.get();
        if (!ID.matcher(wanted).matches()) {
            throw Failure.usage("not a session id: " + wanted, "see: pa sessions");
        }
        List<String> hits = all.contains(wanted) ? List.of(wanted)
                : all.stream().filter(id -> id.startsWith(wanted) || id.endsWith(wanted)).collect(Collectors.toList());
        if (hits.size() != 1) {
            throw Failure.usage(hits.isEmpty() ? "no session " + wanted + " in " + workingDirectory
                    : wanted + " is the start of " + hits.size() + " sessions", "see: pa sessions");
        }
        return summary(hits.get(0)).orElseThrow(() -> empty(hits.get(0)));
    }

    public JournalReader.Contents read(String id) {
        return JournalReader.read(folder.resolve(id).resolve(SessionFolder.JOURNAL));
    }

    private Optional<SessionSummary> summary(String id) {
        return SessionSummary.of(folder.resolve(id), read(id).entries(), held(id));
    }

    private List<String> ids() {
        if (!Files.isDirectory(workingDirectory) || !Files.isReadable(workingDirectory)) {
            throw Failure.usage("the folder " + workingDirectory + (Files.exists(workingDirectory) ? " cannot be read"
                    : " does not exist"), "name the working directory of the sessions with -d DIR");
        }
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(p -> Files.exists(p.resolve(SessionFolder.JOURNAL))).map(p -> p.getFileName().toString())
                    .sorted(Comparator.reverseOrder()).collect(Collectors.toList());
        } catch (IOException e) {
            throw Failure.error("the sessions cannot be read: " + e.getMessage(), "mend the permissions of " + folder, e);
        }
    }

    private boolean held(String id) {
        Path lock = folder.resolve(id).resolve("lock");
        if (Files.notExists(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Failure empty(String id) {
        return Failure.error("session " + id + " holds nothing that can be read", "remove its folder", null);
    }
}
