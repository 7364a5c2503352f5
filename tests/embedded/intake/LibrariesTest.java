package embedded.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What resolves is what runs, and it has no hole that is known. */
class LibrariesTest {
    private static final Pattern NETTY = Pattern.compile("netty-[a-z0-9-]+?-(\\d+)\\.(\\d+)\\.(\\d+)\\.Final\\.jar");
    /** The first without CVE-2026-33871. */
    private static final int[] FIRST_SOUND = {4, 2, 13};

    private static Set<String> jars() {
        return Stream.of(System.getProperty("java.class.path").split(":")).map(p -> Path.of(p).getFileName().toString())
                .filter(name -> name.startsWith("netty-")).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyNettyJarOnTheClassPathIsOfOneSoundVersion() {
        Set<String> versions = new TreeSet<>();
        for (String jar : jars()) {
            Matcher name = NETTY.matcher(jar);
            assertTrue(name.matches(), jar);
            int[] version = {Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2)), Integer.parseInt(name.group(3))};
            assertTrue(Arrays.compare(version, FIRST_SOUND) >= 0, jar);
            versions.add(Arrays.toString(version));
        }
        assertEquals(1, versions.size(), jars().toString());
    }

    @Test
    void nettyItselfSaysTheSameVersion() {
        Map<String, Version> said = Version.identify();
        assertTrue(said.size() > 10, said.toString());
        String jar = jars().stream().filter(name -> name.startsWith("netty-common-")).findFirst().orElseThrow();
        String version = jar.substring("netty-common-".length(), jar.length() - ".jar".length());
        assertEquals(Set.of(version), said.values().stream().map(Version::artifactVersion).collect(Collectors.toSet()));
    }

    /** Vert.x may ask for an artifact tomorrow that is not pinned today: all that it brings must stand in the manifest. */
    @Test
    void everyNettyJarIsPinned() throws Exception {
        String manifest = Files.readString(Path.of("lib/embedded/intake/package-info.java"));
        for (String jar : jars()) {
            Matcher name = NETTY.matcher(jar);
            assertTrue(name.matches(), jar);
            String artifact = jar.substring(0, jar.indexOf("-" + name.group(1) + "."));
            assertTrue(manifest.contains("//DEPS io.netty:" + artifact + ":"), artifact);
        }
    }
}
