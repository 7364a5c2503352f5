///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//JAVA_OPTIONS -XX:+UseSerialGC -Xmx2g
//COMPILE_OPTIONS -encoding UTF-8 -Xlint:none -parameters
//DEPS org.junit.jupiter:junit-jupiter:6.1.3
//DEPS org.junit.platform:junit-platform-launcher:6.1.3
//DEPS io.vertx:vertx-grpc-client:5.0.7
//DEPS com.google.code.gson:gson:2.15.0
//DEPS com.fasterxml.jackson.core:jackson-annotations:2.23
//SOURCES ../lib/contract/package-info.java
//SOURCES ../lib/process/package-info.java
//SOURCES ../lib/checks/package-info.java
//SOURCES ../lib/functions/package-info.java
//SOURCES ../lib/verdict/package-info.java
//SOURCES ../lib/agent/package-info.java
//SOURCES ../lib/console/package-info.java
//SOURCES ../lib/journal/package-info.java
//SOURCES ../lib/display/package-info.java
//SOURCES ../lib/cli/package-info.java
//SOURCES ../pa.java
//SOURCES ../lib/workers/package-info.java
//SOURCES ../lib/rehearsal/package-info.java
//SOURCES ../lib/telemetry/package-info.java
//SOURCES ../lib/services/package-info.java
//SOURCES ../lib/reasoning/package-info.java
//SOURCES ../lib/embedded/package-info.java
//SOURCES ../lib/doctor/package-info.java
//SOURCES ../lib/containers/package-info.java
//SOURCES ../lib/handover/package-info.java
//SOURCES ../lib/stackcli/package-info.java
//SOURCES **/*.java

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import runner.Claims;
import runner.Lanes;
import runner.Tally;

/**
 * Runs the tests: all of them, or those whose class name contains one of the arguments, for instance {@code gemini} or
 * {@code Supervisor}. The last line says how many passed, failed and were skipped.
 */
class tests {
    /** More than processors: tests wait a lot. */
    private static final int LANES = 4;
    /** What this program says to itself, and nobody else: the number of the lane, and the folder of the {@link Claims}. */
    private static final String LANE = "--lane=";

    public static void main(String... wanted) throws Exception {
        if (wanted.length == 0) {
            all();
        }
        Launcher launcher = LauncherFactory.create();
        Tally tally = new Tally(System.out);
        if (wanted[0].startsWith(LANE)) {
            Claims claims = new Claims(Path.of(wanted[1]));
            for (String name : Claims.inOrder(classNames(), wanted[0].equals(LANE + 0))) {
                if (claims.take(name)) {
                    launcher.execute(LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors.selectClass(name)).build(),
                            tally);
                }
            }
            end(tally.summary(), tally.exitCode());
        }
        Predicate<String> named = Stream.of(wanted).map(word -> Pattern.compile(word).asPredicate()).reduce(Predicate::or).get();
        launcher.execute(LauncherDiscoveryRequestBuilder.request()
                .selectors(classNames().stream().filter(named).map(DiscoverySelectors::selectClass).toList()).build(), tally);
        if (tally.nothingRan()) {
            System.out.println("no test class has " + String.join(" or ", wanted) + " in its name: parts of names count, for "
                    + "instance gemini, SupervisorTest or cli.BadInput");
        }
        end(tally.summary(), tally.exitCode());
    }

    private static void all() throws IOException, InterruptedException {
        Path claims = Files.createTempDirectory("lanes");
        Lanes lanes = new Lanes(System.out);
        lanes.run(tests.class.getName(), IntStream.range(0, LANES).mapToObj(lane -> List.of(LANE + lane, claims.toString())).toList());
        try (Stream<Path> files = Files.list(claims)) {
            files.forEach(file -> file.toFile().delete());
        }
        Files.delete(claims);
        end(lanes.summary(), lanes.exitCode());
    }

    /** By their names alone: when JUnit looks for them it opens the jar as a file system, which takes longer than a small test. */
    private static List<String> classNames() throws IOException {
        Path own = own();
        List<String> files;
        if (Files.isDirectory(own)) {
            try (Stream<Path> all = Files.walk(own)) {
                files = all.map(file -> own.relativize(file).toString()).toList();
            }
        } else {
            try (JarFile jar = new JarFile(own.toFile())) {
                files = jar.stream().map(JarEntry::getName).toList();
            }
        }
        return files.stream().filter(file -> file.endsWith("Test.class") && !file.contains("$"))
                .map(file -> file.replace('/', '.').replaceFirst("\\.class$", "")).toList();
    }

    private static void end(String summary, int exitCode) {
        System.out.println(summary);
        System.out.flush();
        // Not a return: a library's thread that is no daemon must not keep a finished suite alive.
        Runtime.getRuntime().halt(exitCode);
    }

    /** The jar of these tests, or the folder of their classes. */
    private static Path own() {
        try {
            return Path.of(tests.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
