package functions.tree;

import agent.Interruption;

/** Runs work on the calling thread that stops when the run must end. */
public final class Interruptible {
    private Interruptible() {}

    /** Work that waits, and stops waiting when its thread is interrupted. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E, InterruptedException;
    }

    /**
     * Does the work. When the end of the run is requested, it interrupts the thread. Afterwards the thread's interrupt flag is as before,
     * because a wrong flag would close the journal's file channel.
     *
     * @throws InterruptedException when the end is or was requested, or the run's time has been over for long
     */
    public static <T, E extends Exception> T call(Interruption interruption, Work<T, E> work) throws E, InterruptedException {
        interruption.check();
        Target target = new Target(Thread.currentThread());
        Interruption.Registration registration = interruption.onEnd(target);
        try {
            return work.run();
        } finally {
            registration.close();
            target.release();
            interruption.check();
        }
    }

    private static final class Target implements Runnable {
        private final Thread thread;
        private boolean released;
        private boolean interrupted;

        Target(Thread thread) {
            this.thread = thread;
        }

        @Override
        public synchronized void run() {
            if (!released) {
                interrupted = true;
                thread.interrupt();
            }
        }

        synchronized void release() {
            released = true;
            if (interrupted) {
                Thread.interrupted();
            }
        }
    }
}
