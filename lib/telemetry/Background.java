package telemetry;

import telemetry.fold.Text;

/** Threads that never keep the program alive. */
final class Background {
    private Background() {}

    static Thread run(String name, Runnable work) {
        Thread thread = new Thread(work, "telemetry-" + name);
        thread.setDaemon(true);
        // Nothing of this room prints; what fails here shows in what was not delivered, with this as the reason.
        thread.setUncaughtExceptionHandler((failed, problem) -> QuietLoggers.remember(Text.reason(problem)));
        thread.start();
        return thread;
    }
}
