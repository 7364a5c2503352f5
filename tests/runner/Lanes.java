package runner;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the suite in JVMs side by side, and adds their results up; {@link Claims} says which class runs where. Many tests mostly wait,
 * for containers or for programs that they start; meanwhile others run.
 */
public final class Lanes {
    private static final Pattern SUMMARY = Pattern.compile("(\\d+) passed, (\\d+) failed, (\\d+) skipped");

    private final PrintStream out;
    private int passed;
    private int failed;
    private int skipped;

    public Lanes(PrintStream out) {
        this.out = out;
    }

    /** Runs the main class of the tests once for each list of arguments; returns when all have ended. */
    public void run(String mainClass, List<List<String>> lanes) throws IOException, InterruptedException {
        List<Process> processes = new ArrayList<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> processes.forEach(Process::destroy)));
        List<Thread> readers = new ArrayList<>();
        for (List<String> arguments : lanes) {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx2g",
                    // Hardly any code runs for long enough to be worth the second compiler's time.
                    "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), mainClass));
            command.addAll(arguments);
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            process.getOutputStream().close();
            processes.add(process);
            Thread reader = new Thread(() -> read(process, String.join(" ", arguments)), "lane");
            reader.start();
            readers.add(reader);
        }
        for (Thread reader : readers) {
            reader.join();
        }
    }

    private void read(Process process, String name) {
        boolean summed = false;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher summary = SUMMARY.matcher(line);
                if (summary.matches()) {
                    add(summary);
                    summed = true;
                } else {
                    print(line);
                }
            }
        } catch (IOException e) {
            print("FAILED   the output of " + name + " cannot be read: " + e);
        }
        if (!summed) {
            lost(process, name);
        }
    }

    private synchronized void add(Matcher summary) {
        passed += Integer.parseInt(summary.group(1));
        failed += Integer.parseInt(summary.group(2));
        skipped += Integer.parseInt(summary.group(3));
    }

    /** A JVM that has ended before it could sum up is a failure, whatever it printed before. */
    private void lost(Process process, String name) {
        String code;
        try {
            code = Integer.toString(process.waitFor());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            code = "unknown";
        }
        synchronized (this) {
            failed++;
        }
        print("FAILED   " + name + " has ended without a sum, exit code " + code);
    }

    private synchronized void print(String line) {
        out.println(line);
        out.flush();
    }

    /** The line that ends the output. */
    public synchronized String summary() {
        return passed + " passed, " + failed + " failed, " + skipped + " skipped";
    }

    /** 0 when everything passed and there was something; 1 otherwise. */
    public synchronized int exitCode() {
        return failed == 0 && passed > 0 ? 0 : 1;
    }
}
