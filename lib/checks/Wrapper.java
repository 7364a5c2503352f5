package checks;

import java.util.ArrayList;
import java.util.List;

/** A build tool's wrapper script, which pins the version that the project wants. */
final class Wrapper {
    private Wrapper() {}

    /** The command with the wrapper where there is one; one that lost its permission still is a shell script. */
    static List<String> command(FileView files, String wrapper, String program, String... arguments) {
        List<String> words = new ArrayList<>();
        if (!files.exists(wrapper)) {
            words.add(program);
        } else {
            if (!files.executable(wrapper)) {
                words.add("sh");
            }
            words.add("./" + wrapper);
        }
        words.addAll(List.of(arguments));
        return List.copyOf(words);
    }
}
