package embedded.intake;

/** How much one request, and all requests together, may hold; beyond it a client is told to come again or to send less. */
final class IntakeLimits {
    /** Of one request on the wire and after decompression: a prompt of some megabytes in a batch fits, a bomb does not. */
    static final int REQUEST_BYTES = 32 << 20;
    /** Of all requests that are being read, decoded or waiting to be stored. */
    static final long IN_FLIGHT_BYTES = 128L << 20;
    /** What a client that finds us busy is asked to wait. */
    static final int RETRY_AFTER_SECONDS = 1;

    private IntakeLimits() {}
}
