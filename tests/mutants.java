///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//JAVA_OPTIONS -XX:+UseSerialGC -Xmx1g
//COMPILE_OPTIONS -encoding UTF-8 -Xlint:none -parameters
//DEPS org.pitest:pitest-command-line:1.30.2
//DEPS org.pitest:pitest-junit5-plugin:1.2.3
//SOURCES tests.java

import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
 * mutants}, or some rooms with {@code make mutants ONLY="agent journal"}. Prints a line for each change that no test noticed, and
 * the score of each room; {@code build/mutants/ROOM/index.html} shows them in the code. docs/mutants.md has what was found.
 */
class mutants {
    /** The rooms, with the tests that are about them. */
    private static final Map<String, String> ROOMS = new TreeMap<>(Map.of("agent", "agent.*", "journal", "journal.*",
            "reasoning", "reasoning.*,gemini.*,openai.*", "verdict", "verdict.*"));

    private mutants() {}

    public static void main(String... wanted) throws Exception {
        List<String> rooms = wanted.length == 0 ? List.copyOf(ROOMS.keySet()) : List.of(wanted);
        List<String> unknown = rooms.stream().filter(room -> !ROOMS.containsKey(room)).toList();
        if (!unknown.isEmpty()) {
            System.err.println("no such room: " + String.join(" ", unknown) + "; there are " + String.join(" ", ROOMS.keySet()));
            System.exit(2);
        }
        for (String room : rooms) {
            run(room);
        }
    }

    private static void run(String room) throws Exception {
        Path root = Repository.root();
        Path report = root.resolve("build/mutants").resolve(room);
        String classPath = String.join(File.pathSeparator, unpacked(root.resolve("build/mutants/classes")).toString(),
                System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-cp", classPath, "org.pitest.mutationtest.commandline.MutationCoverageReport",
                "--classPath", classPath.replace(File.pathSeparator, ","),
                "--targetClasses", classes(root.resolve("lib").resolve(room)), "--targetTests", ROOMS.get(room),
                "--sourceDirs", root.resolve("lib").toString(), "--reportDir", report.toString(), "--outputFormats", "XML,HTML",
                "--timestampedReports=false", "--threads", System.getProperty("threads", "2"), "--timeoutConst", "8000",
                "--jvmArgs", "-Xmx700m,-XX:+UseSerialGC,-XX:TieredStopAtLevel=1", "--verbosity", "QUIET"));
        int code = new ProcessBuilder(command).directory(root.toFile()).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IllegalStateException("PIT ended with exit code " + code);
        }
        print(room, report.resolve("mutations.xml"));
    }

    /** JBang compiles into a jar, in which PIT changes nothing and finds no tests. */
    private static Path unpacked(Path folder) throws Exception {
        Path jar = Path.of(mutants.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (JarFile classes = new JarFile(jar.toFile())) {
            for (JarEntry entry : classes.stream().filter(e -> !e.isDirectory()).toList()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                try (InputStream in = classes.getInputStream(entry)) {
                    Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return folder;
    }

    /** The classes of the room's own files: its tests have the same package. */
    private static String classes(Path room) throws Exception {
        try (Stream<Path> files = Files.walk(room)) {
            return files.filter(file -> file.toString().endsWith(".java")).filter(file -> !file.endsWith("package-info.java"))
                    .map(file -> room.getParent().relativize(file).toString().replace(".java", "").replace('/', '.'))
                    .flatMap(name -> Stream.of(name, name + "$*")).collect(Collectors.joining(","));
        }
    }

    private static void print(String room, Path xml) throws Exception {
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
        int killed = all.getLength() - survivors.size();
        System.out.println(room + ": " + killed + " of " + all.getLength() + " killed,"
                + " " + 100 * killed / Math.max(1, all.getLength()) + " %");
    }

    private static String text(Element mutation, String name) {
        return mutation.getElementsByTagName(name).item(0).getTextContent();
    }
}
