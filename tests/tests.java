///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//JAVA_OPTIONS -XX:+UseSerialGC -Xmx2g
//COMPILE_OPTIONS -encoding UTF-8 -Xlint:none -parameters
//DEPS org.junit.jupiter:junit-jupiter:6.1.3
//DEPS org.junit.platform:junit-platform-launcher:6.1.3
//DEPS io.vertx:vertx-grpc-client:5.0.7
//DEPS com.google.code.gson:gson:2.14.0
//DEPS com.fasterxml.jackson.core:jackson-annotations:2.22
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

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import runner.Lanes;
import runner.Tally;

/**
 * Runs the tests: all of them, or those whose class name contains one of the arguments, for instance {@code gemini} or
 * {@code Supervisor}. The last line says how many passed, failed and were skipped.
 */
class tests {
    /** Those who mostly wait, side by side with those who compute; the last lane takes every class that no other one names. */
    private enum Lane {
        WAITING("(containers|claude|claudejudge|codex|gate)\\..*Test"),
        PROGRAMS("(launch|cli|e2e)\\..*Test"),
        OTHERS("(?!" + WAITING.pattern + "|" + PROGRAMS.pattern + ").*Test");

        private final String pattern;

        Lane(String pattern) {
            this.pattern = pattern;
        }

        /** What this program says to itself, and nobody else. */
        private String argument() {
            return "--lane=" + name();
        }
    }

    public static void main(String... wanted) throws Exception {
        if (wanted.length == 0) {
            Lanes lanes = new Lanes(System.out);
            lanes.run(tests.class.getName(), Stream.of(Lane.values()).map(lane -> List.of(lane.argument())).toList());
            end(lanes.summary(), lanes.exitCode());
        }
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClasspathRoots(Set.of(ownJar())))
                .filters(filter(wanted))
                .build();
        Launcher launcher = LauncherFactory.create();
        Tally tally = new Tally(System.out);
        launcher.execute(request, tally);
        if (tally.nothingRan()) {
            System.out.println("no test class has " + String.join(" or ", wanted) + " in its name: parts of names count, for "
                    + "instance gemini, SupervisorTest or cli.BadInput");
        }
        end(tally.summary(), tally.exitCode());
    }

    private static void end(String summary, int exitCode) {
        System.out.println(summary);
        System.out.flush();
        // Not a return: a library's thread that is no daemon must not keep a finished suite alive.
        Runtime.getRuntime().halt(exitCode);
    }

    private static ClassNameFilter filter(String... wanted) {
        String[] patterns = Stream.of(Lane.values()).filter(lane -> lane.argument().equals(wanted[0])).map(lane -> lane.pattern)
                .toArray(String[]::new);
        return ClassNameFilter.includeClassNamePatterns(patterns.length > 0 ? patterns
                : Stream.of(wanted).map(w -> ".*" + w + ".*").toArray(String[]::new));
    }

    private static Path ownJar() {
        try {
            return Path.of(tests.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
