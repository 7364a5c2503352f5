package reasoning;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A proxy answered, and said no: nothing reached the model's server. */
final class ProxyRefusal extends IOException {
    private static final long serialVersionUID = 1;

    /** How OkHttp 5 says it; any status but 200 and 407. */
    private static final Pattern OKHTTP = Pattern.compile("Unexpected response code for CONNECT: (\\d{3})");

    private final int status;

    /** @param why for a person, one line */
    ProxyRefusal(int status, String why) {
        super(why);
        this.status = status;
    }

    /** The refusal that this failure of a call is, if it is one. */
    static Optional<ProxyRefusal> in(IOException e) {
        if (e instanceof ProxyRefusal refusal) {
            return Optional.of(refusal);
        }
        Matcher said = OKHTTP.matcher(String.valueOf(e.getMessage()));
        return said.matches() ? Optional.of(new ProxyRefusal(Integer.parseInt(said.group(1)),
                "it does not let this connection through")) : Optional.empty();
    }

    int status() {
        return status;
    }
}
