package reasoning;

import java.io.IOException;
import java.time.Duration;
import okhttp3.Headers;

/** Finds the fault of a failed request: the common rules here, the rules of each API in a subclass. */
public abstract class HttpFaults {
    protected final NetworkFaults network;

    protected HttpFaults(NetworkFaults network) {
        this.network = network;
    }

    /** @param limit the time limit of the call */
    final Fault of(IOException e, Duration limit) {
        return network.of(e, limit);
    }

    /** An HTTP status that is not a success. */
    public final Fault of(int status, Headers headers, byte[] body) {
        return status >= 300 && status < 400 ? network.redirect(status, headers) : refused(status, headers, body);
    }

    /** A status of 400 and above, by the rules of this API. */
    protected abstract Fault refused(int status, Headers headers, byte[] body);

    /** An answer that was not read to its end. */
    final Fault tooLarge() {
        return network.tooLarge();
    }

    /** A successful answer that has not the form of this API. */
    public final Fault malformed() {
        return network.malformed();
    }
}
