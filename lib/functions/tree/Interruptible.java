package functions.tree;

import agent.Interruption;

/** Work on the calling thread that a request to end the run cuts short. */
public final class Interruptible {
    private Interruptible() {}

    /** Something that waits, and stops waiting when its thread is interrupted. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E, InterruptedException;
    }

    /**
     * Does the work; interrupts its thread when the end is requested. Afterwards the thread's interrupt flag is as it was: a
     * stray one would close the journal's file channel.
     *
     * @throws InterruptedException when the end is or was requested, or the run's time is long over
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
