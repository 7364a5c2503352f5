package quick;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After any change the classes are byte for byte those of a build from nothing, and few sources were compiled for it. */
class IncrementalBuildTest {
    @TempDir Path folder;
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private Set<String> compiled = Set.of();

    /** A chain of rooms: Use never names Leaf, but calls its method; Copy holds a constant of Base by way of Sub. */
    @BeforeEach
    void sources() throws IOException {
        write("Main", "//SOURCES **/*.java\nclass Main { }");
        write("Base", "package p; public class Base { public static final int SIZE = 1; private int mine; void body() { } }");
        write("Sub", "package p; public class Sub extends Base { }");
        write("Leaf", "package p; public class Leaf { public Object value() { return \"a\"; } }");
        write("Branch", "package p; public class Branch { public Leaf leaf() { return new Leaf(); } }");
        write("Use", "package p; public class Use { Object it(Branch b) { return b.leaf().value(); } }");
        write("Copy", "package p; public class Copy { int it = Sub.SIZE; }");
        write("Alone", "package p; public class Alone { Object it() { return new Object() { int n = 1; }; } }");
        assertTrue(build());
        assertEquals(8, compiled.size());
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve("src").resolve(name.equals("Main") ? "Main.java" : "p/" + name + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void replace(String name, String from, String to) throws IOException {
        Path file = folder.resolve("src/p/" + name + ".java");
        String text = Files.readString(file);
        assertTrue(text.contains(from), text);
        Files.writeString(file, text.replace(from, to));
    }

    private boolean build() throws IOException {
        return build(folder.resolve("classes"), BuildState.read(folder.resolve("state")));
    }

    private boolean build(Path classes, BuildState state) throws IOException {
        Files.createDirectories(classes);
        PrintStream out = new PrintStream(messages, true);
        IncrementalBuild build = new IncrementalBuild(SourceSet.of(folder.resolve("src/Main.java")), state, classes,
                new Compiler(classes.toString(), out), out);
        boolean good = build.run();
        compiled = build.compiled().stream().map(p -> p.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        return good;
    }

    /** Builds, and compares the classes with those of a build from nothing. */
    private void buildsAsFromNothing(String... expected) throws IOException {
        assertTrue(build(), messages.toString());
        assertEquals(new TreeSet<>(Set.of(expected)), compiled);
        Path fresh = Files.createTempDirectory(folder, "fresh");
        assertTrue(build(fresh, BuildState.read(fresh.resolve("state"))), messages.toString());
        Map<String, byte[]> wanted = classes(fresh);
        Map<String, byte[]> are = classes(folder.resolve("classes"));
        assertEquals(wanted.keySet(), are.keySet());
        wanted.forEach((name, bytes) -> assertArrayEquals(bytes, are.get(name), name));
        assertTrue(build());
        assertEquals(Set.of(), compiled, "nothing is left to do");
    }

    private static Map<String, byte[]> classes(Path folder) throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).collect(Collectors.toList())) {
                classes.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return classes;
    }

    @Test
    void aBodyConcernsNobodyElse() throws IOException {
        replace("Base", "void body() { }", "void body() { int n = 1; }");
        buildsAsFromNothing("Base");
        replace("Base", "private int mine;", "private long other; private int more() { return 1; }");
        buildsAsFromNothing("Base");
    }

    @Test
    void aConstantIsCopiedAlsoByWayOfASubclass() throws IOException {
        replace("Base", "SIZE = 1", "SIZE = 2");
        buildsAsFromNothing("Base", "Sub", "Copy");
    }

    @Test
    void aTypeThatIsNeverNamedCounts() throws IOException {
        replace("Leaf", "Object value()", "String value()");
        buildsAsFromNothing("Leaf", "Branch", "Use");
    }

    @Test
    void aChangeThatGoesOnIsFollowed() throws IOException {
        write("Leaf", "package p; public class Leaf { public static final int N = 1; }");
        write("Branch", "package p; public class Branch { public static final int N = Leaf.N; }");
        write("Use", "package p; public class Use { int it = Branch.N; }");
        buildsAsFromNothing("Leaf", "Branch", "Use");
        replace("Leaf", "N = 1", "N = 2");
        buildsAsFromNothing("Leaf", "Branch", "Use");
    }

    @Test
    void aNewClassTakesANameAway() throws IOException {
        write("Use", "package p; public class Use { Object it = new Object(); Readable r; String s = \"\" + new Object(); }");
        buildsAsFromNothing("Use");
        write("Readable", "package p; public class Readable { }");
        buildsAsFromNothing("Readable", "Use");
        Files.delete(folder.resolve("src/p/Readable.java"));
        buildsAsFromNothing("Use");
    }

    @Test
    void aNewMethodOfASupertypeHidesAnother() throws IOException {
        write("Tools", "package p; public class Tools { public static String name(Object o) { return \"tools\"; } }");
        write("Outer", "package p; import static p.Tools.name; public class Outer { class In extends Sub { Object it() "
                + "{ return \"\"; } } Object b() { return name(\"\"); } }");
        buildsAsFromNothing("Outer", "Tools");
        write("Outer", "package p; public class Outer { static String name(Object o) { return \"outer\"; } "
                + "static class In extends Sub { Object it() { return \"x\"; } } }");
        buildsAsFromNothing("Outer");
        replace("Base", "void body() { }", "void body() { } protected static String name(Object o) { return \"base\"; }");
        buildsAsFromNothing("Base", "Sub", "Copy", "Outer");
    }

    @Test
    void classesThatAreNoLongerMadeVanish() throws IOException {
        replace("Alone", "new Object() { int n = 1; }", "null");
        buildsAsFromNothing("Alone");
    }

    @Test
    void whatStillNeedsARemovedSourceDoesNotCompile() throws IOException {
        Files.delete(folder.resolve("src/p/Leaf.java"));
        assertFalse(build());
        assertTrue(messages.toString().contains("cannot find symbol"), messages.toString());
        assertFalse(build(), "and still does not");
        write("Branch", "package p; public class Branch { public Branch leaf() { return this; } Object value() { return 1; } }");
        buildsAsFromNothing("Branch", "Use");
    }

    /** The first half of the change has been compiled already when the second half fails: it must not be forgotten. */
    @Test
    void aBuildThatFailedIsFinishedByTheNext() throws IOException {
        replace("Leaf", "public Object value()", "public Object value(int n)");
        assertFalse(build());
        assertFalse(build());
        replace("Use", "value()", "value(1)");
        buildsAsFromNothing("Branch", "Leaf", "Use");
    }

    /** As one that is killed between two of its steps: what it had written down is all that the next one has. */
    @Test
    void whateverWasWrittenBeforeAKillIsEnough() throws IOException {
        byte[] before = Files.readAllBytes(folder.resolve("state"));
        replace("Base", "SIZE = 1", "SIZE = 7");
        replace("Copy", "Sub.SIZE", "Sub.SIZE + missing");
        assertFalse(build());
        assertFalse(java.util.Arrays.equals(before, Files.readAllBytes(folder.resolve("state"))));
        replace("Copy", " + missing", "");
        buildsAsFromNothing("Base", "Copy", "Sub");
    }

    @Test
    void theSameClassInTwoSourcesIsRefused() throws IOException {
        write("Twin", "package p; public class Twin { } class Extra { }");
        buildsAsFromNothing("Twin");
        write("Other", "package p; public class Other { } class Extra { }");
        assertFalse(build());
        assertTrue(messages.toString().contains("duplicate class"), messages.toString());
    }
}
