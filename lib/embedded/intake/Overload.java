package embedded.intake;

import embedded.Rejection;

/** What a client is told that comes while too much is being worked on. */
final class Overload {
    private Overload() {}

    static Rejection rejection() {
        return new Rejection(Rejection.Kind.OVERLOADED, "too much at once; come again in "
                + IntakeLimits.RETRY_AFTER_SECONDS + " s");
    }

    /** Of one request that would take more than there is, even if it were the only one. */
    static Rejection never(long bytes, long limit) {
        return new Rejection(Rejection.Kind.TOO_LARGE, "decoded, it would take about " + (bytes >> 20)
                + " MiB of memory, and there are " + (limit >> 20) + "; send less at once");
    }
}
