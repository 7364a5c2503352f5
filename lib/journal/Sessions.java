package journal;

import contract.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds sessions: those of one working directory, and by their ids those of all. */
public final class Sessions {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int RANDOM_BOUND = 0x10000;

    private final StateHome home;
    private final Project here;
    private final Path workingDirectory;

    /** Where a session is. */
    private record Place(Project project, String id) {}

    public Sessions(StateHome home, Path workingDirectory) {
        this.home = home;
        this.here = home.project(workingDirectory);
        this.workingDirectory = workingDirectory;
    }

    /** A new id that sorts by time and is short enough to type: {@code 20261122-174512-3fa9}. */
    public static String newId(LocalDateTime now) {
        return STAMP.format(now) + String.format(Locale.ROOT, "-%04x", new SecureRandom().nextInt(RANDOM_BOUND));
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /**
     * A part of a list.
     *
     * @param newest the newest sessions, newest first
     * @param more how many older ones there are
     */
    public record Page(List<SessionSummary> newest, int more) {}

    /** Those of the working directory, newest first. */
    public List<SessionSummary> list() {
        return newest(Integer.MAX_VALUE).newest();
    }

    /** Those of all projects, newest first. */
    public List<SessionSummary> all() {
        return newestOfAll(Integer.MAX_VALUE).newest();
    }

    /** The newest of the working directory; no other journal is read. */
    public Page newest(int limit) {
        requireDirectory();
        return page(places(here), limit);
    }

    /** The newest of all projects; no other journal is read. */
    public Page newestOfAll(int limit) {
        return page(everywhere(), limit);
    }

    /**
     * @param idOrPart a session's id, or a start or an end of it that only one has; looked for here first, then in all projects.
     *     Empty for the newest of the working directory
     */
    public SessionSummary find(Optional<String> idOrPart) {
        if (idOrPart.isEmpty()) {
            requireDirectory();
            List<Place> mine = places(here);
            if (mine.isEmpty()) {
                throw Failure.usage("no sessions in " + workingDirectory, "run one: pa \"task\"; or name its working directory "
                        + "with -d DIR; all sessions: pa sessions --all");
            }
            return mine.stream().flatMap(place -> summary(place).stream()).findFirst().orElseThrow(() -> empty(mine.get(0)));
        }
        String wanted = idOrPart.get();
        if (!isId(wanted)) {
            throw Failure.usage("not a session id: " + wanted, "see: pa sessions --all");
        }
        List<Place> hits = matching(wanted, places(here));
        hits = hits.isEmpty() ? matching(wanted, everywhere()) : hits;
        if (hits.size() != 1) {
            throw Failure.usage(hits.isEmpty() ? "no session " + wanted + " in " + home.folder()
                    : wanted + " is a part of the ids of " + hits.size() + " sessions", "see: pa sessions --all");
        }
        Place place = hits.get(0);
        return summary(place).orElseThrow(() -> empty(place));
    }

    public JournalReader.Contents read(SessionSummary session) {
        return JournalReader.read(session.folder().resolve(SessionFolder.JOURNAL));
    }

    /**
     * Holds a session that has ended, so that nobody goes on with it meanwhile.
     *
     * @throws Failure when a {@code pa} has it
     */
    public SessionFolder hold(SessionSummary session) {
        return SessionFolder.hold(projectOf(session), session.id());
    }

    /** The project that a session belongs to, wherever it was looked for. */
    public Project projectOf(SessionSummary session) {
        return Project.at(session.folder().getParent().getParent());
    }

    private static List<Place> matching(String wanted, List<Place> places) {
        List<Place> exact = places.stream().filter(place -> place.id().equals(wanted)).toList();
        return !exact.isEmpty() ? exact : places.stream()
                .filter(place -> place.id().startsWith(wanted) || place.id().endsWith(wanted)).toList();
    }

    private static Page page(List<Place> places, int limit) {
        List<SessionSummary> newest = new ArrayList<>();
        int looked = 0;
        for (Place place : places) {
            if (newest.size() == limit) {
                break;
            }
            looked++;
            summary(place).ifPresent(newest::add);
        }
        return new Page(List.copyOf(newest), places.size() - looked);
    }

    private static Optional<SessionSummary> summary(Place place) {
        Path folder = place.project().session(place.id());
        return SessionSummary.of(place.id(), folder, place.project().directory(),
                JournalReader.read(folder.resolve(SessionFolder.JOURNAL)).entries(), SessionFolder.held(folder));
    }

    private List<Place> everywhere() {
        List<Place> all = new ArrayList<>();
        home.projects().forEach(project -> all.addAll(places(project)));
        return sorted(all);
    }

    private static List<Place> places(Project project) {
        try {
            return sorted(project.ids().stream().map(id -> new Place(project, id)).toList());
        } catch (IOException | java.io.UncheckedIOException e) {
            throw Failure.error("the sessions cannot be read: " + e.getMessage(), "fix the permissions of " + project.folder(), e);
        }
    }

    private static List<Place> sorted(List<Place> places) {
        List<Place> sorted = new ArrayList<>(places);
        sorted.sort(Comparator.comparing(Place::id).reversed());
        return sorted;
    }

    private void requireDirectory() {
        if (!Files.isDirectory(workingDirectory) || !Files.isReadable(workingDirectory)) {
            throw Failure.usage("the folder " + workingDirectory + (Files.exists(workingDirectory) ? " cannot be read"
                    : " does not exist"), "name the working directory of the sessions with -d DIR, or list all: pa sessions --all");
        }
    }

    private static Failure empty(Place place) {
        return Failure.error("session " + place.id() + " has no beginning that can be read",
                "remove it: pa sessions rm " + place.id(), null);
    }
}
