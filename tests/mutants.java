///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//JAVA_OPTIONS -XX:+UseSerialGC -Xmx1g
//COMPILE_OPTIONS -encoding UTF-8 -Xlint:none -parameters
//DEPS org.pitest:pitest-command-line:1.30.2
//DEPS org.pitest:pitest-junit5-plugin:1.2.3
//SOURCES runner/Repository.java

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import runner.Repository;

/**
 * Mutation tests by PIT: changes the code of a room in hundreds of small ways and looks whether its tests notice. {@code make
 * mutants}, or any rooms with {@code make mutants ONLY="agent cli"}, or some classes with {@code make mutants CLASS="Usd"}. Prints
 * a line for each change that no test noticed, and the score of each room; {@code build/mutants/PART/index.html} shows them in the
 * code. docs/mutants.md has what was found. Compiles only what changed since the tests ran last.
 */
class mutants {
    /**
     * Classes of a room, with the tests that are about them.
     *
     * @param folder of the classes, below {@code lib}
     * @param classes by their simple names; empty for all in the folder that no other part has
     * @param tests as PIT takes them
     */
    private record Part(String room, String folder, Set<String> classes, String tests) {
        String name() {
            return folder.replace('/', '.') + (classes.isEmpty() ? "" : "-" + String.join("-", new TreeSet<>(classes)));
        }
    }

    /**
     * The rooms by their parts. A class that runs processes is tried by the tests that are about it and not by all of its room:
     * each of those takes a second, and what no test notices is tried by every one of them.
     */
    private static final List<Part> PARTS = List.of(
            new Part("agent", "agent", Set.of(), "agent.*"),
            new Part("display", "display", Set.of(), "display.*"),
            new Part("journal", "journal", Set.of(), "journal.*"),
            new Part("reasoning", "reasoning", Set.of(), "reasoning.*,gemini.*,openai.*"),
            new Part("verdict", "verdict/rules", Set.of(), "verdict.rules.*,gate.RulesOverCasesTest"),
            new Part("verdict", "verdict", Set.of("AlteredTests", "Comparison", "Findings", "Sentence", "CheckRun"),
                    "verdict.AlteredTestsTest,verdict.Comparison*,verdict.SentenceTest"),
            new Part("verdict", "verdict", Set.of("Copy", "CopyPlace", "Installed", "LeadsBack", "Overlay", "UserGit"),
                    "verdict.Copy*,verdict.InstalledTest,verdict.LeadsBackTest,verdict.OverlayTest"),
            new Part("verdict", "verdict", Set.of("CheckRunner", "EarlyBaseline", "StaleCache"),
                    "verdict.CheckRunnerTest,verdict.EarlyBaselineTest,verdict.RunJudgeTest,verdict.StaleCacheTest"),
            new Part("verdict", "verdict", Set.of("ChangeVerifier", "SessionVerifier"),
                    "verdict.ChangeVerifierTest,verdict.SessionVerifierTest"),
            new Part("verdict", "verdict", Set.of(),
                    "verdict.TrialTest,verdict.ExaminerTest,verdict.NumbTestsTest,verdict.EditedCheckTest,"
                            + "verdict.RunJudgeTest,verdict.CheckRunsTest"));
    private static final int MOST_THREADS = 4;

    private mutants() {}

    public static void main(String... words) throws Exception {
        Path root = Repository.root();
        Set<String> classes = new TreeSet<>();
        Set<String> rooms = new TreeSet<>();
        for (String word : words) {
            (Character.isUpperCase(word.charAt(0)) ? classes : rooms).add(word);
        }
        List<Part> parts = parts(root, rooms, classes);
        Map<Part, String> targets = new LinkedHashMap<>();
        for (Part part : parts) {
            String some = targets(root.resolve("lib"), part, classes);
            if (!some.isEmpty()) {
                targets.put(part, some);
            }
        }
        if (targets.isEmpty()) {
            System.err.println("no class " + String.join(" ", classes) + " in "
                    + parts.stream().map(Part::room).distinct().collect(Collectors.joining(" ")));
            System.exit(2);
        }
        String classPath = classPath(root);
        Map<String, int[]> scores = new LinkedHashMap<>();
        for (Map.Entry<Part, String> target : targets.entrySet()) {
            Part part = target.getKey();
            System.err.println("trying " + part.name() + " by " + part.tests());
            long begun = System.nanoTime();
            int[] score = run(root, part, target.getValue(), classPath);
            int[] all = {score[0], score[1], (int) Duration.ofNanos(System.nanoTime() - begun).toSeconds()};
            System.err.println(words("  " + part.name(), all));
            scores.merge(part.room(), all, (one, other) -> new int[] {one[0] + other[0], one[1] + other[1], one[2] + other[2]});
        }
        scores.forEach((room, score) -> System.out.println(words(room, score)));
    }

    /** @param score how many were noticed, of how many, in how many seconds */
    private static String words(String what, int[] score) {
        return what + ": " + score[0] + " of " + score[1] + " noticed, " + 100 * score[0] / Math.max(1, score[1]) + " %, in "
                + (score[2] < 60 ? score[2] + " s" : score[2] / 60 + " min " + score[2] % 60 + " s");
    }

    /**
     * The parts of these rooms; of a room that is not divided, one part with the tests in its own folder.
     *
     * @param rooms empty for those that are listed above, or for all where classes are named
     */
    private static List<Part> parts(Path root, Set<String> rooms, Set<String> classes) throws IOException {
        Set<String> there = new TreeSet<>();
        try (Stream<Path> folders = Files.list(root.resolve("lib"))) {
            folders.filter(Files::isDirectory).map(folder -> folder.getFileName().toString())
                    .filter(room -> Files.isDirectory(root.resolve("tests").resolve(room))).forEach(there::add);
        }
        Set<String> unknown = new TreeSet<>(rooms);
        unknown.removeAll(there);
        if (!unknown.isEmpty()) {
            System.err.println("no such room: " + String.join(" ", unknown) + "; there are " + String.join(" ", there));
            System.exit(2);
        }
        Set<String> listed = PARTS.stream().map(Part::room).collect(Collectors.toCollection(TreeSet::new));
        Set<String> wanted = !rooms.isEmpty() ? rooms : classes.isEmpty() ? listed : there;
        List<Part> parts = new ArrayList<>(PARTS.stream().filter(part -> wanted.contains(part.room())).toList());
        wanted.stream().filter(room -> !listed.contains(room)).forEach(room -> parts.add(new Part(room, room, Set.of(), room + ".*")));
        return parts;
    }

    /** Two also on one core, because many tests wait for processes; few, because more of those slow each other down. */
    private static int threads() {
        return Math.max(2, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
    }

    private static int[] run(Path root, Part part, String targets, String classPath) throws Exception {
        Path report = root.resolve("build/mutants").resolve(part.name());
        String with = classPath + File.pathSeparator + System.getProperty("java.class.path");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-cp", with, "org.pitest.mutationtest.commandline.MutationCoverageReport",
                "--classPath", with.replace(File.pathSeparator, ","), "--targetClasses", targets, "--targetTests", part.tests(),
                "--sourceDirs", root.resolve("lib").toString(), "--reportDir", report.toString(), "--outputFormats", "XML,HTML",
                "--timestampedReports=false", "--threads", Integer.toString(threads()), "--timeoutConst", "8000",
                "--jvmArgs", "-Xmx700m,-XX:+UseSerialGC,-XX:TieredStopAtLevel=1", "--verbosity", "QUIET"));
        // PIT's own table goes to stderr: stdout is what this script says.
        int code = new ProcessBuilder(command).directory(root.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(root.resolve("build/mutants/pit.log").toFile()).start().waitFor();
        if (code != 0) {
            throw new IllegalStateException("PIT ended with exit code " + code + ", see build/mutants/pit.log");
        }
        return survivors(report.resolve("mutations.xml"));
    }

    /** Where the compiled rooms and tests are. They come in a jar, in which PIT changes nothing and finds no tests. */
    private static String classPath(Path root) throws Exception {
        Process build = new ProcessBuilder(root.resolve("tests/run").toString(), "--class-path")
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (build.waitFor() != 0) {
            throw new IllegalStateException("it does not compile");
        }
        Path folder = root.resolve("build/mutants/classes");
        empty(folder);
        return Arrays.stream(said.split(File.pathSeparator)).map(part -> Path.of(part).startsWith(root) ? unpacked(Path.of(part),
                folder) : part)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** What an earlier run left must not be tested. */
    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted((one, other) -> other.compareTo(one)).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static String unpacked(Path jar, Path folder) {
        try (JarFile classes = new JarFile(jar.toFile())) {
            for (JarEntry entry : classes.stream().filter(e -> !e.isDirectory()).toList()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                try (InputStream in = classes.getInputStream(entry)) {
                    Files.copy(in, file);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return folder.toString();
    }

    /** The classes of a part that are wanted: all of it if none is named. */
    private static String targets(Path lib, Part part, Set<String> wanted) throws IOException {
        try (Stream<Path> files = Files.walk(lib.resolve(part.folder()))) {
            return files.map(file -> lib.relativize(file).toString())
                    .filter(name -> name.endsWith(".java") && !name.contains("package-info"))
                    .map(name -> name.replace(".java", ""))
                    .filter(name -> PARTS.stream().filter(other -> has(other, name)).findFirst().orElse(part).equals(part))
                    .filter(name -> wanted.isEmpty() || wanted.contains(name.replaceFirst(".*/", "")))
                    .map(name -> name.replace('/', '.')).flatMap(name -> Stream.of(name, name + "$*"))
                    .collect(Collectors.joining(","));
        }
    }

    /** Whether a class belongs to a part, unless an earlier one has it. */
    private static boolean has(Part part, String name) {
        return name.startsWith(part.folder() + "/")
                && (part.classes().isEmpty() || part.classes().contains(name.substring(part.folder().length() + 1)));
    }

    /** Prints what no test noticed; how many were noticed, and how many there are. */
    private static int[] survivors(Path xml) throws Exception {
        NodeList all = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml.toFile())
                .getElementsByTagName("mutation");
        List<String> survivors = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            Element mutation = (Element) all.item(i);
            if (!mutation.getAttribute("detected").equals("true")) {
                survivors.add("  " + text(mutation, "sourceFile") + ":" + text(mutation, "lineNumber") + " "
                        + text(mutation, "description") + (mutation.getAttribute("status").equals("NO_COVERAGE") ? " (no test gets"
                        + " there)" : ""));
            }
        }
        survivors.stream().sorted().forEach(System.out::println);
        return new int[] {all.getLength() - survivors.size(), all.getLength()};
    }

    private static String text(Element mutation, String name) {
        return mutation.getElementsByTagName(name).item(0).getTextContent();
    }
}
