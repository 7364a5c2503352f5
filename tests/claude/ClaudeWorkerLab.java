package claude;

import static claude.FakeClaude.resumed;

import agent.Bounds;
import agent.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A Claude Code that plays a script. */
abstract class ClaudeWorkerLab {
    @TempDir
    Path folder;
    FakeClaude fake;

    @BeforeEach
    void prepare() throws IOException {
        fake = new FakeClaude(folder);
    }

    static String round(ClaudeWorker worker) {
        return worker.work(resumed("go on", FakeClaude.SESSION), worker.environment(), Bounds.none(), RunListener.NONE)
                .effort().cost().map(c -> c.amount().toPlainString()).orElse("unknown");
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** The content of the file once it stays the same for a while. */
    static String settled(Path file) {
        try {
            String last = "";
            for (int same = 0; same < 5;) {
                Thread.sleep(100);
                String now = Files.exists(file) ? Files.readString(file).strip() : "";
                same = now.equals(last) && !now.isEmpty() ? same + 1 : 0;
                last = now;
            }
            return last;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
