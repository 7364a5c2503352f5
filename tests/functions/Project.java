package functions;

import agent.Bounds;
import agent.Changes;
import agent.Interruption;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import functions.tree.ShadowTree;
import functions.tree.TreeStore;
import functions.tree.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import process.CommandWords;
import process.Programs;

/** A working directory for a test, with the functions on it. */
public final class Project {
    public static final Duration LONG = Duration.ofSeconds(60);

    public final Path root;
    public final Path store;
    public FunctionOptions options;

    /** @param folder an empty one; the project is {@code work} in it, so that there is something outside */
    public Project(Path folder) throws IOException {
        root = Files.createDirectories(folder.toRealPath().resolve("work"));
        store = folder.toRealPath().resolve("journal").resolve("tree");
        // What these tests ask for is run; that nothing else is, is a test of its own.
        options = Options.consenting(Options.within(Options.defaults(environment(folder)),
                new FunctionOptions.TimeLimits(LONG, LONG, LONG, LONG)), Consent.ALWAYS);
    }

    public static Map<String, String> environment(Path home) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", home.toString());
        environment.put("XDG_CONFIG_HOME", home.resolve("config").toString());
        // Tools of this machine that live in a home folder are found by these.
        for (String name : List.of("PYENV_ROOT", "RUSTUP_HOME", "CARGO_HOME", "GOROOT", "GOCACHE", "JAVA_HOME")) {
            Optional.ofNullable(System.getenv(name)).ifPresent(value -> environment.put(name, value));
        }
        return environment;
    }

    public Path file(String path, String... lines) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, List.of(lines));
    }

    public Path program(String path, String... lines) throws IOException {
        Path file = file(path, lines);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
        return file;
    }

    public Workspace workspace() {
        return new Workspace(root);
    }

    public ShadowTree tree() {
        return new ShadowTree(workspace(), TreeStore.alone(store), options.environment(), new Interruption());
    }

    public DefaultFunctions functions() {
        return new DefaultFunctions(workspace(), tree(), options, List.of());
    }

    public FunctionResult run(String command) throws InterruptedException {
        return functions().execute(new Decision.RunTests(Optional.of(command)), Bounds.none());
    }

    public FunctionResult verify(String... files) throws InterruptedException {
        return functions().execute(new Decision.VerifyCode(List.of(files)), Bounds.none());
    }

    public FunctionResult read(String path) throws InterruptedException {
        return functions().execute(new Decision.ReadFile(path), Bounds.none());
    }

    public FunctionResult check(String url) throws InterruptedException {
        return functions().execute(new Decision.CheckServer(url), Bounds.none());
    }

    public static Changes changed(String... paths) {
        return new Changes(List.of(paths), 1, 0);
    }

    public static boolean available(String program) {
        return Programs.find(program, Path.of("/"), System.getenv()).isPresent();
    }

    public static boolean lives(long pid) throws IOException {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        boolean zombie = Files.exists(stat) && Files.readString(stat).matches("(?s).*\\) Z .*");
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false) && !zombie;
    }

    /** Git as a user runs it, in the working directory. */
    public void git(String arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of("git", "-c", "user.name=n", "-c", "user.email=e@example.org"));
        words.addAll(CommandWords.split(arguments));
        ProcessBuilder builder = new ProcessBuilder(words).directory(root.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(options.environment());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("git " + arguments + ": " + output);
        }
    }

    public static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > LONG.toNanos()) {
                throw new AssertionError("not within " + LONG + ": " + what);
            }
            Thread.sleep(20);
        }
    }
}
