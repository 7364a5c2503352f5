package reasoning;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A proxy refused the connection: nothing reached the model's server. */
final class ProxyRefusal extends IOException {
    private static final long serialVersionUID = 1;

    /** OkHttp 5's message for any status except 200 and 407. */
    private static final Pattern OKHTTP = Pattern.compile("Unexpected response code for CONNECT: (\\d{3})");

    private final int status;

    /** @param why for the user, in one line */
    ProxyRefusal(int status, String why) {
        super(why);
        this.status = status;
    }

    /** The refusal behind this failure of a call, if there is one. */
    static Optional<ProxyRefusal> in(IOException e) {
        if (e instanceof ProxyRefusal refusal) {
            return Optional.of(refusal);
        }
        Matcher said = OKHTTP.matcher(String.valueOf(e.getMessage()));
        return said.matches() ? Optional.of(new ProxyRefusal(Integer.parseInt(said.group(1)),
                "it does not allow this connection")) : Optional.empty();
    }

    int status() {
        return status;
    }
}
