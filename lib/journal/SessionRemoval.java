package journal;

import contract.Failure;
import contract.OwnerFiles;
import contract.StateFolders;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Removes sessions: those that a person names, and those that are too old or too much. A session that runs is never removed;
 * one whose telemetry was not acknowledged only when a person names it.
 */
public record SessionRemoval(StateHome home) {
    /** How long sessions are kept. */
    public static final Duration KEPT = Duration.ofDays(90);
    /** How much all of them may take, with the git stores of their projects, but for the project that was used last. */
    public static final long KEPT_BYTES = 2L << 30;
    private static final Duration BETWEEN_SWEEPS = Duration.ofDays(1);
    private static final String STAMP = "last-sweep";

    /**
     * What a sweep did.
     *
     * @param unsent sessions that were kept although they are old, because of their telemetry
     */
    public record Swept(int removed, int unsent) {}

    /** A session as a sweep sees it: it reads no journal. */
    private record Candidate(Project project, String id, Instant last) {
        Path folder() {
            return project.session(id);
        }
    }

    /** Whether telemetry of the session was not acknowledged. */
    public boolean unsent(SessionSummary session) {
        return unsentFolders().contains(session.folder());
    }

    /** @throws Failure when it is in use, or cannot be removed */
    public void remove(SessionSummary session) {
        if (SessionFolder.held(session.folder())) {
            throw SessionFolder.inUse(session.id());
        }
        Project project = Project.at(session.folder().getParent().getParent());
        try {
            remove(project, session.folder());
        } catch (IOException e) {
            throw Failure.error("session " + session.id() + " cannot be removed: " + e.getMessage(),
                    "fix the permissions of " + session.folder(), e);
        }
    }

    /** Those of all projects that were written last before {@code limit}. What cannot be removed stays. */
    public Swept olderThan(Instant limit) {
        Set<Path> unsent = unsentFolders();
        int removed = 0;
        int kept = 0;
        for (Candidate candidate : candidates()) {
            if (candidate.last().isBefore(limit)) {
                if (unsent.contains(candidate.folder())) {
                    kept++;
                } else if (removedQuietly(candidate)) {
                    removed++;
                }
            }
        }
        return new Swept(removed, kept);
    }

    /** Once a day: removes what is older than {@link #KEPT}, then projects not used for longest, see {@link #KEPT_BYTES}. */
    public Swept daily(Instant now) {
        Path stamp = home.folder().resolve(STAMP);
        try {
            if (Files.exists(stamp) && Files.getLastModifiedTime(stamp).toInstant().isAfter(now.minus(BETWEEN_SWEEPS))) {
                return new Swept(0, 0);
            }
            OwnerFiles.replace(stamp, "");
        } catch (IOException e) {
            // Nothing can be written here, so nothing can be removed.
            return new Swept(0, 0);
        }
        Swept old = olderThan(now.minus(KEPT));
        return new Swept(old.removed() + shrink(KEPT_BYTES), old.unsent());
    }

    /**
     * Removes whole projects, those first that were not used for longest, until the rest takes at most {@code bytes}: a project's
     * sessions share one git store, which is free only when the last of them is gone. The project that was used last is neither
     * removed nor counted, so that a large one does not cost all others their sessions.
     */
    int shrink(long bytes) {
        Map<Project, List<Candidate>> projects = new LinkedHashMap<>();
        candidates().forEach(c -> projects.computeIfAbsent(c.project(), p -> new ArrayList<>()).add(c));
        List<Project> byUse = new ArrayList<>(projects.keySet());
        byUse.sort(Comparator.comparing(p -> projects.get(p).get(projects.get(p).size() - 1).last()));
        if (!byUse.isEmpty()) {
            byUse.remove(byUse.size() - 1);
        }
        long total = byUse.stream().mapToLong(project -> size(project.folder())).sum();
        Set<Path> unsent = unsentFolders();
        int removed = 0;
        for (Project project : byUse) {
            boolean whole = projects.get(project).size() == count(project)
                    && projects.get(project).stream().noneMatch(c -> unsent.contains(c.folder()));
            if (total > bytes && whole) {
                total -= size(project.folder());
                removed += (int) projects.get(project).stream().filter(this::removedQuietly).count();
            }
        }
        return removed;
    }

    /** All its sessions, also those that run. */
    private static int count(Project project) {
        try {
            return project.ids().size();
        } catch (IOException | java.io.UncheckedIOException e) {
            return Integer.MAX_VALUE;
        }
    }

    /** Oldest first; those that run are left out. */
    private List<Candidate> candidates() {
        List<Candidate> all = new ArrayList<>();
        for (Project project : home.projects()) {
            try {
                for (String id : project.ids()) {
                    Path journal = project.session(id).resolve(SessionFolder.JOURNAL);
                    all.add(new Candidate(project, id, Files.getLastModifiedTime(journal, LinkOption.NOFOLLOW_LINKS).toInstant()));
                }
            } catch (IOException | java.io.UncheckedIOException e) {
                // A folder that cannot be read is left alone.
                continue;
            }
        }
        all.removeIf(candidate -> SessionFolder.held(candidate.folder()));
        all.sort(Comparator.comparing(Candidate::last));
        return all;
    }

    private boolean removedQuietly(Candidate candidate) {
        try {
            remove(candidate.project(), candidate.folder());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** With the last session its project goes, and with that the git store that its sessions shared. */
    private void remove(Project project, Path session) throws IOException {
        for (Unsent.Run run : home.unsent().all()) {
            if (run.session().equals(session)) {
                home.unsent().remove(run);
            }
        }
        StateFolders.remove(session);
        boolean last;
        try (var rest = Files.list(project.folder().resolve(Project.SESSIONS))) {
            last = rest.findAny().isEmpty();
        }
        if (last) {
            StateFolders.remove(project.folder());
        }
    }

    private Set<Path> unsentFolders() {
        return home.unsent().all().stream().map(Unsent.Run::session).collect(Collectors.toSet());
    }

    private static long size(Path folder) {
        long[] sum = {0};
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum[0] += attributes.size();
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException problem) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return sum[0];
        }
        return sum[0];
    }
}
