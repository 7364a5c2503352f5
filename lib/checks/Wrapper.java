package checks;

import java.util.ArrayList;
import java.util.List;

/** A build tool's wrapper script, which uses the tool's version that the project needs. */
final class Wrapper {
    private Wrapper() {}

    /** The command with the wrapper if there is one; a wrapper that is not executable is run as a shell script. */
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
