package telemetry;

import java.util.concurrent.TimeUnit;

/** What is known of whoever takes requests at one address: whether it answers. Thread-safe. */
final class Receiver {
    private final Runnable onDelivery;
    private int pending;
    private long unansweredSince;
    private boolean everAnswered;
    private boolean everAccepted;
    private boolean lastAnswered;
    private boolean heard;

    /** @param onDelivery called whenever a request was delivered; must return at once */
    Receiver(Runnable onDelivery) {
        this.onDelivery = onDelivery;
    }

    /** A request goes out. */
    synchronized void asked() {
        if (pending++ == 0) {
            unansweredSince = System.nanoTime();
        }
    }

    /** It came back, one way or the other. */
    synchronized void replied(Reply reply) {
        pending--;
        heard = true;
        lastAnswered = reply.answered();
        if (lastAnswered) {
            everAnswered = true;
            everAccepted |= reply.accepted();
            unansweredSince = System.nanoTime();
        }
        notifyAll();
    }

    void recovered() {
        onDelivery.run();
    }

    /** Whether requests wait, and nothing was answered for this long. */
    synchronized boolean silentFor(long millis) {
        return pending > 0 && System.nanoTime() - unansweredSince >= TimeUnit.MILLISECONDS.toNanos(millis);
    }

    synchronized boolean everAnswered() {
        return everAnswered;
    }

    /**
     * Whether it has ever taken anything. Only such a one is believed that a body is bad: any web server that is no OTLP
     * receiver says so of everything.
     */
    synchronized boolean everAccepted() {
        return everAccepted;
    }

    /** Whether the last request that came back was answered, be it by a refusal. */
    synchronized boolean lastAnswered() {
        return lastAnswered;
    }

    /**
     * Whether requests are answered, as far as can be told within {@code millis}: false when the last one came back without
     * an answer, or one has been waiting and still is; true when nothing was asked yet.
     */
    synchronized boolean answersWithin(long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (pending > 0 && (!heard || !lastAnswered || silentFor(millis))) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return !heard || lastAnswered;
    }
}
