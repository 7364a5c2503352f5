package runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs whom permissions bind. They do not bind root, and tests often run as root; without two of its capabilities root
 * is a user like any other to the file system.
 */
public final class Ordinary {
    private static final List<String> WITHOUT_PRIVILEGES = List.of("setpriv",
            "--bounding-set=-dac_override,-dac_read_search", "--");
    /** Tells a JVM that it is one whom permissions bind. */
    private static final String MARK = "tests.ordinary";
    private static final long PATIENCE_SECONDS = 120;

    private Ordinary() {}

    /** Whether permissions do not bind us. */
    public static boolean root() {
        return "root".equals(System.getProperty("user.name")) && !Boolean.getBoolean(MARK);
    }

    /**
     * What to put before a command so that permissions bind it; nothing for a user who is not root.
     *
     * @throws org.opentest4j.TestAbortedException when that cannot be had here
     */
    public static List<String> prefix() {
        if (!root()) {
            return List.of();
        }
        try {
            List<String> trial = new ArrayList<>(WITHOUT_PRIVILEGES);
            trial.add("true");
            Process process = Bounded.within(PATIENCE_SECONDS,
                    new ProcessBuilder(trial).redirectErrorStream(true).start());
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            Assumptions.assumeTrue(process.waitFor() == 0, "permissions do not bind root, and setpriv cannot help: " + said);
        } catch (IOException e) {
            Assumptions.abort("permissions do not bind root, and there is no setpriv (util-linux) to change that");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return WITHOUT_PRIVILEGES;
    }

    /** Runs this test again in a JVM that permissions bind, and fails when it fails there. */
    public static void again(Class<?> test, String method) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix());
        command.addAll(List.of(ProcessHandle.current().info().command().orElse("java"), "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), "-D" + MARK + "=true", OneTest.class.getName(), test.getName(),
                method));
        Process process = Bounded.within(PATIENCE_SECONDS, new ProcessBuilder(command).redirectErrorStream(true).start());
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Assertions.assertEquals(0, process.waitFor(), said);
    }
}
