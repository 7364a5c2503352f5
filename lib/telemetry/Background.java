package telemetry;

/** Threads that never keep the program alive. */
final class Background {
    private Background() {}

    static Thread run(String name, Runnable work) {
        Thread thread = new Thread(work, "telemetry-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
