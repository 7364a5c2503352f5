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
 * mutants}, or some rooms with {@code make mutants ONLY="agent journal"}, or some classes with {@code make mutants CLASS="Usd"}. Prints
 * a line for each change that no test noticed, and the score of each room; {@code build/mutants/ROOM/index.html} shows them in the
 * code. docs/mutants.md has what was found. Compiles only what changed since the tests ran last.
 */
class mutants {
    /**
     * The rooms, with the tests that are about them. A wing with tests of its own stands by itself: its tests take milliseconds,
     * and those of its room run processes.
     */
    private static final Map<String, String> ROOMS = new LinkedHashMap<>();

    static {
        ROOMS.put("agent", "agent.*");
        ROOMS.put("journal", "journal.*");
        ROOMS.put("reasoning", "reasoning.*,gemini.*,openai.*");
        ROOMS.put("verdict", "verdict.*");
        ROOMS.put("verdict/rules", "verdict.rules.*,gate.RulesOverCasesTest");
    }

    private mutants() {}

    public static void main(String... words) throws Exception {
        Path root = Repository.root();
        Set<String> classes = new TreeSet<>();
        Set<String> rooms = new TreeSet<>();
        for (String word : words) {
            (Character.isUpperCase(word.charAt(0)) ? classes : rooms).add(word);
        }
        Set<String> unknown = new TreeSet<>(rooms);
        unknown.removeAll(ROOMS.keySet());
        if (!unknown.isEmpty()) {
            System.err.println("no such room: " + String.join(" ", unknown) + "; there are " + String.join(" ", ROOMS.keySet()));
            System.exit(2);
        }
        List<String> chosen = ROOMS.keySet().stream().filter(room -> rooms.isEmpty() || rooms.contains(room)
                || rooms.contains(room.split("/")[0])).toList();
        String classPath = classPath(root);
        Map<String, int[]> scores = new LinkedHashMap<>();
        for (String room : chosen) {
            String targets = targets(root.resolve("lib"), room, classes);
            if (!targets.isEmpty()) {
                int[] score = run(root, room, targets, classPath);
                scores.merge(room.split("/")[0], score, (one, other) -> new int[] {one[0] + other[0], one[1] + other[1]});
            }
        }
        if (scores.isEmpty()) {
            System.err.println("no class " + String.join(" ", classes) + " in " + String.join(" ", chosen));
            System.exit(2);
        }
        scores.forEach((room, score) -> System.out.println(room + ": " + score[0] + " of " + score[1] + " noticed, "
                + 100 * score[0] / Math.max(1, score[1]) + " %"));
    }

    private static int[] run(Path root, String room, String targets, String classPath) throws Exception {
        Path report = root.resolve("build/mutants").resolve(room.replace('/', '.'));
        String with = classPath + File.pathSeparator + System.getProperty("java.class.path");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-cp", with, "org.pitest.mutationtest.commandline.MutationCoverageReport",
                "--classPath", with.replace(File.pathSeparator, ","), "--targetClasses", targets, "--targetTests", ROOMS.get(room),
                "--sourceDirs", root.resolve("lib").toString(), "--reportDir", report.toString(), "--outputFormats", "XML,HTML",
                "--timestampedReports=false", "--threads", System.getProperty("threads", "2"), "--timeoutConst", "8000",
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

    /** The classes of the room's own files, those of its wings included unless they stand by themselves. */
    private static String targets(Path lib, String room, Set<String> wanted) throws IOException {
        try (Stream<Path> files = Files.walk(lib.resolve(room))) {
            return files.map(file -> lib.relativize(file).toString())
                    .filter(name -> name.endsWith(".java") && !name.contains("package-info"))
                    .filter(name -> ROOMS.keySet().stream().noneMatch(other -> other.startsWith(room
                    + "/") && name.startsWith(other + "/")))
                    .filter(name -> wanted.isEmpty() || wanted.contains(name.replaceFirst(".*/", "").replace(".java", "")))
                    .map(name -> name.replace(".java", "").replace('/', '.')).flatMap(name -> Stream.of(name, name + "$*"))
                    .collect(Collectors.joining(","));
        }
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
