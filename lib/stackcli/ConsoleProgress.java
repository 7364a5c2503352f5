package stackcli;

import console.Console;
import console.Format;
import console.StatusLine;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import services.Progress;

/** Shows the user what an engine does: a line when a service is ready, and a status line for the present steps. */
final class ConsoleProgress implements Progress, AutoCloseable {
    private final Console console;
    private final StatusLine line;
    private final boolean verbose;
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(15);

    /** When the last line about a service was written, by {@link System#nanoTime()}. */
    private final Map<String, Long> told = new ConcurrentHashMap<>();
    private final Map<String, String> steps = Collections.synchronizedMap(new LinkedHashMap<>());

    ConsoleProgress(Console console, boolean verbose) {
        this.console = console;
        this.verbose = verbose;
        this.line = new StatusLine(console, true);
    }

    @Override
    public void step(String service, String what) {
        steps.put(service, what);
        // Without a status line, a long step gets a line of its own, and another from time to time.
        if (verbose || !console.live() && !what.equals("creating") && !what.equals("starting") && isTime(service)) {
            line.note(console.palette().dim("  " + service + ": " + Format.oneLine(what, 400)));
        }
        line.show(this::current);
    }

    private boolean isTime(String service) {
        long now = System.nanoTime();
        Long before = told.get(service);
        if (before != null && now - before < BETWEEN_LINES.toNanos()) {
            return false;
        }
        told.put(service, now);
        return true;
    }

    @Override
    public void ready(String service, Duration took) {
        steps.remove(service);
        line.note(console.palette().ok() + " " + service + console.palette().dim(" ready in " + Format.duration(took)));
        line.show(this::current);
    }

    @Override
    public void action(String service, String action, String cause) {
        if (verbose) {
            tell(service, action, cause);
        }
    }

    @Override
    public void warn(String text) {
        line.note(console.palette().yellow("warning: ") + Format.printable(console.pasteable(text)));
    }

    /** An action for {@code --dry-run}, whatever the verbosity. */
    void tell(String service, String action, String cause) {
        line.note("  " + service + ": " + action + console.palette().dim(" (" + cause + ")"));
    }

    /** A line for the user, above the status line. */
    void note(String text) {
        line.note(console.pasteable(text));
    }

    /** A line of the result, above the status line. */
    void result(String text) {
        line.out(text);
    }

    /** Shows a wait in the status line. */
    void waiting(String what) {
        line.show(() -> what);
    }

    private String current() {
        synchronized (steps) {
            return steps.entrySet().stream().map(step -> step.getKey() + ": " + step.getValue())
                    .collect(Collectors.joining(console.palette().separator()));
        }
    }

    /** Removes the status line before a result is shown. */
    @Override
    public void close() {
        line.close();
    }
}
