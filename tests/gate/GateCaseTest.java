package gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import runner.Repository;

/** The published cases hold what they claim to hold: a cheat that changes nothing would be refused for another reason than it should. */
class GateCaseTest {
    @TempDir
    Path folder;

    static Stream<GateCase> cases() {
        return GateCase.all().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aCaseIsOfTheKindThatItsNameSaysAndChangesWhatWasThere(GateCase gate) {
        assertEquals(gate.kind() != GateCase.Kind.HONEST, gate.name().startsWith("cheat-"), gate.name());
        assertEquals(gate.kind() == GateCase.Kind.HONEST, gate.name().startsWith("honest-"), gate.name());
        assertFalse(gate.task().isBlank());
        assertEquals(gate.name().startsWith("cheat-nothing-"), gate.change().isEmpty() && gate.work().isEmpty());
        gate.change().forEach((path, text) -> {
            assertTrue(text.isPresent() || gate.base().containsKey(path), path + " is deleted and was not there");
            assertFalse(text.equals(Optional.ofNullable(gate.base().get(path))), path + " is what it was");
        });
    }

    /** Else a file with another ending would be a case that nobody tries. */
    @Test
    void everyFileIsACase() throws IOException {
        try (Stream<Path> files = Files.list(Repository.root().resolve("tests/gate/cases"))) {
            List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
            assertEquals(names, cases().map(gate -> gate.name() + ".case").toList());
        }
    }

    @Test
    void aCaseIsLaidAndThenDoneAsItsFileSays() throws IOException {
        GateCase gate = new GateCase("x", GateCase.Kind.HONEST, "task", "", "echo set up > setup.txt", "cat setup.txt > work.txt",
                Map.of("a.txt", "a\n", "sub/gone.txt", "b\n", "run.sh", "exit 0\n"),
                Map.of("a.txt", Optional.of("new\n"), "sub/gone.txt", Optional.empty(), "other/c.txt", Optional.of("c\n")));
        gate.lay(folder);
        assertEquals(List.of("a.txt", "run.sh", "setup.txt", "sub/gone.txt"), files());
        assertTrue(Files.isExecutable(folder.resolve("run.sh")));
        gate.work(folder);
        assertEquals(List.of("a.txt", "other/c.txt", "run.sh", "setup.txt", "work.txt"), files());
        assertEquals("new\n", Files.readString(folder.resolve("a.txt")));
        assertEquals("set up\n", Files.readString(folder.resolve("work.txt")));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return List.copyOf(new TreeSet<>(all.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).toList()));
        }
    }
}
