package reasoning;

import java.io.IOException;
import java.time.Duration;
import okhttp3.Headers;

/** Tells what went wrong with a request: what every API has in common, and what one of them says itself. */
public abstract class HttpFaults {
    protected final NetworkFaults network;

    protected HttpFaults(NetworkFaults network) {
        this.network = network;
    }

    /** @param limit the time the call had */
    final Fault of(IOException e, Duration limit) {
        return network.of(e, limit);
    }

    /** An HTTP status that is no success. */
    public final Fault of(int status, Headers headers, byte[] body) {
        return status >= 300 && status < 400 ? network.redirect(status, headers) : refused(status, headers, body);
    }

    /** A status of 400 and above, in the words of this API. */
    protected abstract Fault refused(int status, Headers headers, byte[] body);

    /** An answer that was not read to its end. */
    final Fault tooLarge() {
        return network.tooLarge();
    }

    /** An answer of success that is none of this API's. */
    public final Fault malformed() {
        return network.malformed();
    }
}
