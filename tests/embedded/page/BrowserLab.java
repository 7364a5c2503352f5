package embedded.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import embedded.daemon.DaemonSettings.PortName;
import embedded.daemon.Running;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, with a day of runs behind it; skips where there is no browser. */
abstract class BrowserLab {
    static final Path PICTURES = Path.of("build/screenshots");

    @TempDir
    static Path folder;
    static Running engine;
    static Browser browser;
    static List<PaRuns> runs;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Browser.program().isPresent(), "no chromium on the PATH (Debian package chromium)");
        engine = Running.in(folder.resolve("data"));
        runs = PaRuns.day(30, System.currentTimeMillis() * 1_000_000);
        for (PaRuns run : runs) {
            run.sendTo(engine);
        }
        browser = Browser.start(Browser.program().orElseThrow(), folder.resolve("profile"));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (engine != null) {
            engine.close();
        }
    }

    @BeforeEach
    void freshPage() {
        browser.size(1440, 1000);
        browser.prefers("light");
        browser.complaints.clear();
    }

    static void open(String path) throws Exception {
        browser.open(engine.uri(PortName.PAGE, path).toString());
        browser.waitFor("document.querySelector('#view')?.getAttribute('aria-busy') === 'false'");
    }

    static PaRuns withStatus(String status) {
        return runs.stream().filter(run -> run.status.equals(status)).findFirst().orElseThrow();
    }
}
