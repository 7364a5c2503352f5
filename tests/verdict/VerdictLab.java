package verdict;

import agent.Evidence;
import agent.Suspicion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import process.Programs;

/** Projects to be judged, and what is asked of a verdict again and again. */
abstract class VerdictLab {
    static final String[] CHECK = {"sh", "check.sh"};

    @TempDir
    Path folder;

    /** A project whose check fails until {@code a.txt} is good. */
    Scene fixable() throws IOException {
        Scene scene = new Scene(folder);
        scene.file("a.txt", "bad");
        scene.file("check.sh", "grep -q good a.txt");
        return scene;
    }

    /** A project whose check fails on the given run only, whatever the files are. */
    Scene counting(int failing) throws IOException, InterruptedException {
        Scene scene = new Scene(folder);
        Path count = scene.outside.resolve("count");
        scene.file("a.txt", "one");
        scene.file("check.sh", "echo run >> '" + count + "'", "test $(wc -l < '" + count + "') -ne " + failing);
        scene.begin();
        scene.file("a.txt", "other");
        return scene;
    }

    /** A machine that has these programs and no others. */
    static void only(Scene scene, String... programs) throws IOException {
        Path bin = Files.createDirectory(scene.outside.resolve("bin"));
        for (String program : programs) {
            Path real = Programs.find(program, scene.outside, System.getenv()).orElseThrow();
            Path wrapper = Files.writeString(bin.resolve(program), "#!/bin/sh\nexec " + real + " \"$@\"\n");
            Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
        }
        scene.environment.put("PATH", bin.toString());
    }

    /** A machine where Python has its old name, in a project with a test for it. */
    static void pythonByItsOldName(Scene scene) throws IOException {
        only(scene, "sh", "git", "grep", "cp", "cat", "mkdir", "test");
        Path python = Files.writeString(scene.outside.resolve("bin/python"), "#!/bin/sh\ngrep -q good a.txt\n");
        Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));
        scene.file("a.txt", "bad");
        scene.file("tests/test_a.py", "import unittest", "class T(unittest.TestCase):", "    def test_a(self): pass");
    }

    /** Whether a suspicion stands that only the user may let pass. */
    static boolean hard(Evidence evidence) {
        return evidence.suspicions().stream().anyMatch(s -> s.hard() && s.open());
    }

    static boolean suspects(Evidence evidence, String rule) {
        return evidence.suspicions().stream().filter(Suspicion::open).anyMatch(s -> s.rule().equals(rule));
    }

    static void commit(Path directory) throws IOException, InterruptedException {
        Scene.run(directory, "git", "init", "-q");
        Scene.run(directory, "git", "add", ".");
        Scene.run(directory, "git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "begin");
    }

    static long entries(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }
}
