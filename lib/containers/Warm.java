package containers;

import containers.engine.Connection;

/** Loads code beside what is being waited for, so that it is there when it is needed. */
final class Warm {
    private Warm() {}

    /** What creates containers. That takes as long as all questions of a start. */
    static void forCreation(Connection engine) {
        inBackground(() -> ContainerMaker.load(engine));
    }

    /** Returns at once. What goes wrong here goes wrong again, and is told, where it is needed. */
    private static void inBackground(Runnable work) {
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
