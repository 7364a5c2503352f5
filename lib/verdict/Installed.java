package verdict;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import process.CannotStart;
import process.Completed;
import process.ProcessSpec;
import process.SafeRun;

/**
 * What a check needs and no state holds, because git ignores it: dependencies that were installed, settings of this machine.
 * Cloned copy-on-write where the file system can, else copied within bounds; never linked, for a check may write. Build
 * output is left out: it is what the check makes.
 */
final class Installed {
    /** Names of folders that hold dependencies. They come along whenever they were made. */
    private static final Set<String> DEPENDENCIES = Set.of("node_modules", "bower_components", ".venv", "venv", "vendor",
            ".eggs", ".mvn-cache", "Pods", ".yarn", ".pnpm-store", ".bundle", "deps");
    /** Names of what builds and test runs make. */
    private static final Set<String> OUTPUT = Set.of("target", "build", "dist", "out", "obj", "__pycache__", ".pytest_cache",
            ".mypy_cache", ".ruff_cache", ".tox", ".nox", ".gradle", ".next", ".nuxt", ".svelte-kit", ".turbo",
            ".parcel-cache", ".nyc_output", ".cache", ".idea", ".terraform", ".dart_tool", ".jbang", "DerivedData", "coverage",
            "htmlcov", ".git", ".pa", ".DS_Store", ".claude");
    private static final long MOST_BYTES = 8L << 30;
    private static final int MOST_FILES = 1_000_000;
    /** What must stay free on the disk. */
    private static final long RESERVE = 256L << 20;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int SHOWN = 2_000;

    private final Path live;
    private final long since;

    /** @param since what is ignored, is no dependency and is younger than this came in the run, and stays out; 0 takes all */
    Installed(Path live, long since) {
        this.live = live;
        this.since = since;
    }

    static boolean output(String name) {
        return OUTPUT.contains(name) || name.endsWith(".pyc") || name.endsWith(".class") || name.endsWith(".log");
    }

    /** Which of the ignored paths come along; without the closing slash. */
    List<String> wanted(Set<String> ignored) {
        List<String> wanted = new ArrayList<>();
        for (String path : ignored) {
            String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
            String name = plain.substring(plain.lastIndexOf('/') + 1);
            if (!output(name) && (DEPENDENCIES.contains(name) || name.startsWith(".env") || older(plain))) {
                wanted.add(plain);
            }
        }
        return wanted;
    }

    private boolean older(String path) {
        try {
            return since == 0
                    || Files.getLastModifiedTime(live.resolve(path), LinkOption.NOFOLLOW_LINKS).toMillis() < since;
        } catch (IOException e) {
            return false;
        }
    }

    /** @throws Unfit when it is too much, or the disk is too full */
    void copy(List<String> paths, Path into, Map<String, String> environment) throws Unfit, InterruptedException {
        long[] sum = new long[2];
        for (String path : paths) {
            measure(live.resolve(path), sum);
        }
        try {
            long free = Files.getFileStore(into).getUsableSpace();
            if (sum[0] + RESERVE > free) {
                throw new Unfit("the disk is too full for a copy of what is installed (" + (sum[0] >> 20) + " MiB, "
                        + (free >> 20) + " MiB free)");
            }
            for (String path : paths) {
                Path target = into.resolve(path);
                Files.createDirectories(target.getParent());
                clone(live.resolve(path), target, environment);
            }
        } catch (IOException e) {
            throw new Unfit("what is installed cannot be copied: " + e.getMessage(), e);
        }
    }

    private static void clone(Path from, Path to, Map<String, String> environment) throws Unfit, InterruptedException {
        boolean mac = System.getProperty("os.name").startsWith("Mac");
        List<String> command = mac ? List.of("cp", "-cpR", from.toString(), to.toString())
                : List.of("cp", "-a", "--reflink=auto", from.toString(), to.toString());
        try {
            Completed done = SafeRun.run(ProcessSpec.of(command, to.getParent(), environment), LIMIT, SHOWN);
            if (!done.succeeded()) {
                throw new Unfit(from.getFileName() + " cannot be copied: " + done.output().lines().findFirst().orElse(done.ending()));
            }
        } catch (CannotStart e) {
            throw new Unfit("nothing can be copied: " + e.getMessage(), e);
        }
    }

    private static void measure(Path path, long[] sum) throws Unfit {
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum[0] += attributes.isRegularFile() ? attributes.size() : 0;
                    return ++sum[1] > MOST_FILES || sum[0] > MOST_BYTES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new Unfit("what is installed cannot be measured: " + e.getMessage(), e);
        }
        if (sum[1] > MOST_FILES || sum[0] > MOST_BYTES) {
            throw new Unfit("what is installed here is too much to copy (over " + (MOST_BYTES >> 30) + " GiB or " + MOST_FILES
                    + " files)");
        }
    }
}
