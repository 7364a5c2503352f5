package containers;

/** Loads code beside what is being waited for, so that it is there when it is needed. */
final class Warm {
    private Warm() {}

    /** Returns at once. What goes wrong here goes wrong again, and is told, where it is needed. */
    static void inBackground(Runnable work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                return;
            }
        }, "warm-up");
        thread.setDaemon(true);
        thread.start();
    }
}
