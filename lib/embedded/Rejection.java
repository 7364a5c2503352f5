package embedded;

/** A request that cannot be taken: why, in the words of HTTP and of gRPC. */
public final class Rejection extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /**
     * The cases that the OTLP specification tells apart; only {@link #BUSY} and {@link #OVERLOADED} may be sent again. The
     * first is about the store, the second about what is being worked on: it has passed in a moment.
     */
    public enum Kind {
        MALFORMED(400, 3),
        TOO_LARGE(413, 8),
        BUSY(503, 14),
        OVERLOADED(429, 14),
        SLOW(408, 4),
        NOT_FOUND(404, 12),
        NOT_ALLOWED(405, 12),
        FORBIDDEN(403, 7),
        UNSUPPORTED_TYPE(415, 3);

        public final int http;
        /** One of the canonical gRPC status codes. */
        public final int grpc;

        Kind(int http, int grpc) {
            this.http = http;
            this.grpc = grpc;
        }

        /** Whether the same request may be taken later. */
        public boolean isForNow() {
            return this == BUSY || this == OVERLOADED;
        }
    }

    public Rejection(Kind kind, String message) {
        this(kind, message, null);
    }

    public Rejection(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
