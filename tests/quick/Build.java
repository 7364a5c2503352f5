package quick;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Builds the tests as JBang would, but compiles only what changed, and prints the class path to run them with. Nothing but
 * the JDK is used here, because this must start in no time; {@code tests/run} compiles and calls it.
 *
 * <p>A run gets the classes as a jar of its own, which later builds leave alone, so that one may edit and test while the
 * whole suite runs.
 */
final class Build {
    private static final double MILLIS = 1000;

    private final Path root;
    private final Path work;

    private Build(Path root, Path work) {
        this.root = root;
        this.work = work;
    }

    /** Arguments: the checkout, a folder to work in, the script, the process that will run the tests. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Build build = new Build(Path.of(arguments[0]).toAbsolutePath().normalize(), Path.of(arguments[1]).toAbsolutePath());
        Files.createDirectories(build.work.resolve("runs"));
        try (FileChannel channel = FileChannel.open(build.work.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); FileLock held = channel.lock()) {
            String classPath = build.run(build.root.resolve(arguments[2]), arguments[3]);
            if (classPath.isEmpty()) {
                System.exit(1);
            }
            System.out.println(classPath);
        }
    }

    /** The class path; empty when something does not compile. */
    private String run(Path script, String process) throws IOException, InterruptedException {
        long start = System.nanoTime();
        SourceSet set = SourceSet.of(script);
        BuildState state = BuildState.read(work.resolve("state"));
        Path classes = work.resolve("classes");
        String key = System.getProperty("java.home") + " " + Runtime.version() + " " + Compiler.OPTIONS + " "
                + set.dependencies();
        if (!state.key().equals(key) || !jarsExist(state.classPath()) || !Files.isDirectory(classes)) {
            String dependencies = dependencies(script);
            delete(classes);
            state.startAnew(key, dependencies);
            state.write();
        }
        Files.createDirectories(classes);
        IncrementalBuild build = new IncrementalBuild(set, state, classes,
                new Compiler(classes + java.io.File.pathSeparator + state.classPath(), System.err), System.err);
        boolean good = build.run();
        if (!build.compiled().isEmpty()) {
            System.err.printf(Locale.ROOT, "compiled %d of %d sources in %.1f s%n", build.compiled().size(),
                    set.texts().size(), (System.nanoTime() - start) / 1e6 / MILLIS);
        }
        if (!good) {
            return "";
        }
        Path jar = jar(set, state, classes);
        Files.writeString(work.resolve("runs").resolve(process), jar.getFileName().toString());
        forgetOld(jar);
        return jar + java.io.File.pathSeparator + state.classPath();
    }

    private static boolean jarsExist(String classPath) {
        return !classPath.isEmpty() && Stream.of(classPath.split(java.io.File.pathSeparator))
                .allMatch(jar -> Files.isRegularFile(Path.of(jar)));
    }

    private String dependencies(Path script) throws IOException, InterruptedException {
        System.err.println("asking JBang for the dependencies");
        Process jbang = new ProcessBuilder(root.resolve("jbang").toString(), "--quiet", "info", "classpath", "--deps-only",
                script.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        jbang.getOutputStream().close();
        String classPath = new String(jbang.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (jbang.waitFor() != 0 || !jarsExist(classPath)) {
            throw new IOException("JBang does not say where the dependencies are: " + classPath);
        }
        return classPath;
    }

    /** The classes and resources in one file that is never written again; its name says what is in it. */
    private Path jar(SourceSet set, BuildState state, Path classes) throws IOException {
        Map<String, byte[]> resources = new TreeMap<>();
        StringBuilder content = new StringBuilder(state.key());
        for (Map.Entry<String, Path> resource : set.resources().entrySet()) {
            byte[] bytes = Files.readAllBytes(resource.getValue());
            resources.put(resource.getKey(), bytes);
            content.append(resource.getKey()).append(java.util.Arrays.hashCode(bytes)).append(bytes.length);
        }
        Set<String> names = new TreeSet<>();
        state.sources().forEach((path, source) -> {
            content.append(path).append(source.hash());
            names.addAll(source.classes().keySet());
        });
        Path jar = work.resolve("tests-" + IncrementalBuild.hash(content.toString()).substring(0, 16) + ".jar");
        if (Files.exists(jar)) {
            return jar;
        }
        Path fresh = work.resolve("tests.jar.new");
        try (OutputStream file = Files.newOutputStream(fresh);
                ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(file, 1 << 16))) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (String name : names) {
                put(zip, name + ".class", Files.readAllBytes(classes.resolve(name + ".class")));
            }
            for (Map.Entry<String, byte[]> resource : resources.entrySet()) {
                put(zip, resource.getKey(), resource.getValue());
            }
        }
        Files.move(fresh, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return jar;
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    /** Jars that nobody runs any more. */
    private void forgetOld(Path current) throws IOException {
        Set<String> used = new HashSet<>(List.of(current.getFileName().toString()));
        for (Path run : list(work.resolve("runs"))) {
            if (ProcessHandle.of(Long.parseLong(run.getFileName().toString())).filter(ProcessHandle::isAlive).isPresent()) {
                used.add(Files.readString(run));
            } else {
                Files.deleteIfExists(run);
            }
        }
        for (Path file : list(work)) {
            String name = file.getFileName().toString();
            if (name.startsWith("tests-") && name.endsWith(".jar") && !used.contains(name)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toList());
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).collect(Collectors.toList())) {
                Files.delete(file);
            }
        }
    }
}
