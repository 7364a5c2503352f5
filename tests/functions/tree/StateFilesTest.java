package functions.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import checks.FileView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reading a state costs few processes, however many files it has. */
class StateFilesTest extends ShadowTreeLab {
    @Test
    void filesThatWereListedAreReadAtOnce() throws Exception {
        Map<String, String> texts = new TreeMap<>();
        for (int i = 0; i < 40; i++) {
            texts.put("test_" + i + ".py", i == 0 ? "" : "line " + i + "\n" + "ü".repeat(i));
        }
        texts.put("test_odd \n name.py", "no end of line");
        for (Map.Entry<String, String> file : texts.entrySet()) {
            Files.writeString(project.root.resolve(file.getKey()), file.getValue());
        }
        FileView files = tree.files(tree.state()).orElseThrow();
        List<String> named = files.named(Pattern.compile("(?s)test_.*"));
        assertEquals(texts.size(), named.size());
        assertEquals(texts.get(named.get(0)), files.text(named.get(0)));
        forget();
        texts.forEach((path, text) -> assertEquals(text, files.text(path)));
    }

    @Test
    void filesThatAreExpectedAreReadAtOnceAndOnlyThose() throws Exception {
        project.file("a", "one");
        project.file("b", "two");
        project.file("c", "three");
        String state = tree.state();
        FileView files = tree.files(state).orElseThrow();
        files.expect(List.of("a", "b", "not there"));
        forget();
        assertEquals("one\n", files.text("a"));
        assertEquals("two\n", tree.files(state).orElseThrow().text("b"));
        assertEquals("", files.text("c"));
    }

    @Test
    void anUnchangedFileIsReadOnceForTwoStates() throws Exception {
        project.file("same", "one");
        project.file("other", "two");
        String before = tree.state();
        project.file("other", "three");
        String now = tree.state();
        assertEquals("one\n", tree.files(before).orElseThrow().text("same"));
        FileView files = tree.files(now).orElseThrow();
        forget();
        assertEquals("one\n", files.text("same"));
        assertEquals("", files.text("other"));
    }

    /** From now on git can answer nothing. */
    private void forget() throws Exception {
        try (Stream<Path> objects = Files.walk(project.store.resolve("objects"))) {
            for (Path object : (Iterable<Path>) objects.filter(Files::isRegularFile)::iterator) {
                Files.delete(object);
            }
        }
    }
}
