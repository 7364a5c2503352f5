package verdict;

import agent.Bounds;
import agent.Evidence;
import agent.RunEvent;
import functions.tree.ShadowTree;
import functions.tree.TreeStore;
import functions.tree.Workspace;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A working directory with a beginning and an end, judged by the real verdict with real processes. */
public final class Scene {
    final Path root;
    final Path outside;
    final Map<String, String> environment = new TreeMap<>();
    Path copies;
    Bounds bounds = Bounds.none();
    boolean mayRunNew;
    Set<String> accepted = Set.of();
    boolean baseline = true;
    /** Whether the check has passed in the working directory. */
    boolean passes = true;
    /** What was told while it was judged. */
    final List<RunEvent> events = new ArrayList<>();
    private ShadowTree tree;
    private String before;

    /** @param folder an empty one; the project is in it, and so is what the project must not hold */
    Scene(Path folder) throws IOException {
        this(folder, "work");
    }

    Scene(Path folder, String project) throws IOException {
        outside = Files.createDirectories(folder.toRealPath().resolve("outside"));
        root = Files.createDirectories(folder.toRealPath().resolve(project));
        copies = outside.resolve("copies");
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", outside.toString());
    }

    Path file(String path, String... lines) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, List.of(lines));
    }

    /** What is there now is how it was before the work. */
    void begin() throws InterruptedException {
        tree = new ShadowTree(new Workspace(root), states(), environment, bounds.interruption());
        before = tree.state();
    }

    TreeStore states() {
        return TreeStore.alone(outside.resolve("states"));
    }

    /** The same states for another thread. */
    ShadowTree beside() {
        return new ShadowTree(new Workspace(root), new TreeStore(states().repository(), outside.resolve("beside"), List.of()), environment,
                bounds.interruption());
    }

    String before() {
        return before;
    }

    /** The state of what is there now. */
    String now() throws InterruptedException {
        return tree.state();
    }

    /** @param check of the user; empty where the project's own is looked for */
    RunJudge judgeOf(String... check) {
        RunJudge judge = new RunJudge(tree, copies, environment, new JudgeOptions(
                Optional.of(List.of(check)).filter(words -> !words.isEmpty()), mayRunNew, accepted, Duration.ofMinutes(2)));
        if (!baseline) {
            judge.withoutBaseline();
        }
        return judge;
    }

    /** Judges what is there now. Nothing there may change by that. */
    Evidence judge(String... check) throws IOException, InterruptedException {
        return judge(judgeOf(check));
    }

    Evidence judge(RunJudge judge) throws IOException, InterruptedException {
        String now = tree.state();
        String held = contents(root);
        Evidence evidence = judge.judge(before, now, passes, bounds, events::add);
        if (!held.equals(contents(root))) {
            throw new AssertionError("the working directory was touched:\n" + held + "\n--- became\n" + contents(root));
        }
        return evidence;
    }

    /** A process that has to succeed. */
    public static void run(Path directory, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + said);
        }
    }

    /** Names, kinds, times and texts of all files, those in {@code .git} included. */
    public static String contents(Path root) throws IOException {
        List<String> lines = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                lines.add(root.relativize(folder) + "/");
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                lines.add(root.relativize(file) + " " + attributes.lastModifiedTime() + " " + (attributes.isSymbolicLink()
                        ? "→ " + Files.readSymbolicLink(file) : attributes.isRegularFile() && Files.isReadable(file)
                        && attributes.size() < 1 << 30 ? java.util.Arrays.hashCode(Files.readAllBytes(file)) : "special"));
                return FileVisitResult.CONTINUE;
            }
        });
        lines.sort(null);
        return String.join("\n", lines);
    }
}
