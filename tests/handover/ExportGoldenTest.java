package handover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import runner.Repository;
import services.StackOptions;

/**
 * What is exported, file by file, as it lies in {@code tests/handover/golden}: a change of a template shows there as what a team
 * would get. Dashboards and rules are left out: they are the stack's own files, and other tests hold what is made of them.
 * {@code UPDATE_GOLDEN=1 tests/run ExportGolden} writes the folder anew; read the difference before you commit it.
 */
class ExportGoldenTest {
    private static final Path GOLDEN = Repository.root().resolve("tests/handover/golden");
    private static final boolean UPDATE = "1".equals(System.getenv("UPDATE_GOLDEN"));

    @ParameterizedTest
    @EnumSource(Export.Target.class)
    void anExportIsWhatItWas(Export.Target target) throws IOException {
        compare(GOLDEN.resolve(target.name()), files(target, false));
    }

    /** Only the files that differ lie there, and no others may differ. */
    @ParameterizedTest
    @EnumSource(Export.Target.class)
    void addingUpChangesTheseFilesAndNoOthers(Export.Target target) throws IOException {
        Map<String, String> shared = files(target, true);
        files(target, false).forEach((name, text) -> shared.remove(name, text));
        compare(GOLDEN.resolve(target.name() + "-shared"), shared);
    }

    @Test
    void whatIsLeftOutIsTheStacksOwn() {
        Set<String> kinds = new TreeSet<>();
        Export.of(Export.Target.kubernetes, false, StackOptions.defaults(), Map.of()).files().keySet().stream()
                .filter(ExportGoldenTest::isOfTheStack).forEach(name -> kinds.add(name.replaceAll("[^/]+$", "")));
        assertEquals(Set.of("grafana/dashboards/", "prometheus/rules/"), kinds);
    }

    private static void compare(Path folder, Map<String, String> exported) throws IOException {
        if (UPDATE) {
            try (Stream<Path> old = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
                for (Path file : old.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
            for (Map.Entry<String, String> file : exported.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        }
        assertTrue(Files.isDirectory(folder), () -> folder + " is missing: UPDATE_GOLDEN=1 tests/run ExportGolden");
        Map<String, String> golden = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                golden.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        String hint = "; when that is meant: UPDATE_GOLDEN=1 tests/run ExportGolden";
        assertEquals(golden.keySet(), exported.keySet(), "other files are exported than before" + hint);
        golden.forEach((name, text) -> assertEquals(text, exported.get(name), name + " is exported otherwise than before" + hint));
    }

    private static Map<String, String> files(Export.Target target, boolean shared) {
        Map<String, String> files = new TreeMap<>(Export.of(target, shared, StackOptions.defaults(), Map.of()).files());
        files.keySet().removeIf(ExportGoldenTest::isOfTheStack);
        return files;
    }

    private static boolean isOfTheStack(String name) {
        return name.startsWith("grafana/dashboards/") || name.startsWith("prometheus/rules/");
    }
}
