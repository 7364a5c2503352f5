package verdict.rules;

import agent.Suspicion;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What no diff shows, because git ignores it: files that configure the check and came in the run, and packages that were
 * installed before it and were edited in place. A package that was installed anew has a new manifest, and is no such thing.
 */
public final class HiddenChanges {
    private static final Pattern CONFIGURES = Pattern.compile("(.*/)?(conftest|sitecustomize|usercustomize|pytest|unittest)\\.py|.*\\.pth"
            + "|(.*/)?(\\.?pytest\\.ini|tox\\.ini|setup\\.cfg|pyproject\\.toml|GNUmakefile|[Mm]akefile|.*\\.mk|package\\.json"
            + "|\\.npmrc|\\.coveragerc)"
            + "|(.*/)?(jest|vitest|ava|karma|playwright|mocha)\\.(config|setup)\\..*|(.*/)?\\.mocharc.*|(.*/)?[^/]+_test\\.go"
            + "|(.*/)?test_[^/]*\\.py|(.*/)?[^/]+\\.(test|spec)\\.[cm]?[jt]sx?");
    /** Sources that Python loads where no text is beside them. */
    private static final Pattern LOOSE = Pattern.compile("((?:.*/)?(?!__pycache__/)[^/]+)\\.pyc");
    /** A package that checks: {@code node_modules/NAME/…}, {@code site-packages/NAME/…}. */
    private static final Pattern RUNNER = Pattern.compile("(.*/node_modules/(?:@(?:jest|vitest|playwright)/[^/]+|jest|jest-[^/]+"
            + "|vitest|mocha|chai|ava|tap"
            + "|jasmine[^/]*|expect|assert|power-assert|should|uvu|tsx|ts-node|c8|nyc)/)(.*)"
            + "|(.*/site-packages/(?:pytest|_pytest|pluggy|hypothesis|nose2?|testtools|assertpy|hamcrest)/)(.*)");
    private static final Pattern START_UP = Pattern.compile(".*/site-packages/([^/]+\\.pth|(sitecustomize|usercustomize)\\.py)");
    private static final int MOST_FILES = 1_000_000;
    private static final int MOST = 5;

    private final Path live;
    private final long since;
    private final List<Suspicion> found = new ArrayList<>();

    private HiddenChanges(Path live, long since) {
        this.live = live;
        this.since = since;
    }

    /**
     * @param ignored the paths that git ignores; a folder ends with a slash and stands for all in it
     * @param since when the change began, in milliseconds since 1970; 0 where nobody knows, and then nothing is found
     */
    public static List<Suspicion> find(Path live, Set<String> ignored, long since) {
        if (since == 0) {
            return List.of();
        }
        HiddenChanges search = new HiddenChanges(live, since);
        for (String path : ignored) {
            if (!path.endsWith("/")) {
                search.file(path);
            } else if (path.matches("(.*/)?(node_modules|\\.?venv|env|vendor|\\.yarn)/")) {
                search.packages(live.resolve(path));
            }
        }
        return search.found;
    }

    private void file(String path) {
        Matcher loose = LOOSE.matcher(path);
        boolean code = loose.matches() && !path.contains("__pycache__/") && !Files.exists(live.resolve(loose.group(1) + ".py"));
        if ((code || CONFIGURES.matcher(path).matches()) && touched(live.resolve(path))) {
            add(path, "belongs to the check, came in the run, and is ignored by git, so that no diff shows it");
        }
    }

    private void packages(Path folder) {
        int[] seen = {0};
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    look(file);
                    return ++seen[0] > MOST_FILES || found.size() >= MOST ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // A folder that is gone meanwhile holds nothing that the check could use.
            return;
        }
    }

    private void look(Path file) {
        String path = file.toString();
        Matcher runner = RUNNER.matcher(path);
        boolean generated = path.contains("/__pycache__/") || path.endsWith(".pyc");
        if (!generated && runner.matches() && touched(file) && !installedAnew(runner)) {
            add(live.relativize(file).toString(), "belongs to an installed test runner, and was edited in place in the run");
        } else if (START_UP.matcher(path).matches() && touched(file) && !path.contains("__editable__")) {
            add(live.relativize(file).toString(), "is run by Python before anything else, and came in the run");
        }
    }

    private boolean installedAnew(Matcher runner) {
        boolean node = runner.group(1) != null;
        Path folder = Path.of(node ? runner.group(1) : runner.group(3));
        if (node) {
            return touched(folder.resolve("package.json")) && !runner.group(2).equals("package.json");
        }
        // Python keeps a list of what it installed beside the package.
        String name = folder.getFileName().toString().replaceFirst("^_", "");
        try (var beside = Files.newDirectoryStream(folder.getParent(), name + "-*.dist-info")) {
            for (Path info : beside) {
                return touched(info.resolve("RECORD"));
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }

    /** By the time that a program cannot set, where the system has it. */
    private boolean touched(Path file) {
        try {
            long modified = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis();
            return modified >= since || ((FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS)).toMillis() >= since;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    private void add(String path, String reason) {
        found.add(new Suspicion(Rules.HIDDEN_CHANGE, true, reason, path, 0));
    }
}
