package reasoning;

import java.io.IOException;
import java.time.Duration;
import okhttp3.Headers;

/** Tells what went wrong with a request. */
public interface HttpFaults {
    /** @param limit the time the call had */
    Fault of(IOException e, Duration limit);

    /** An HTTP status that is no success. */
    Fault of(int status, Headers headers, byte[] body);

    /** An answer that was not read to its end. */
    Fault tooLarge();
}
