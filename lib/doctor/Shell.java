package doctor;

import contract.Variables;
import java.net.URI;
import java.util.Map;
import services.StackPort;

/** Checks whether a {@code pa} that is started in this shell sends to this stack. */
final class Shell {
    private static final String FIX = "eval \"$(stack env)\"";
    private static final String GRPC = "grpc";

    private Shell() {}

    /** @param addresses of the stack by the titles of {@link StackPort} */
    static Finding look(Map<String, String> environment, Map<String, String> addresses) {
        if (!Variables.on(environment.getOrDefault(Variables.ENABLE_TELEMETRY, ""))) {
            return new Finding.Failed(Variables.ENABLE_TELEMETRY + " is not set in this shell: a pa started here sends"
                    + " nothing without --telemetry", FIX);
        }
        String protocol = given(environment, Variables.OTLP_PROTOCOL, GRPC);
        StackPort port = protocol.equals(GRPC) ? StackPort.OTLP_GRPC : StackPort.OTLP_HTTP;
        String wanted = addresses.get(port.title());
        // The SDK's default.
        String given = given(environment, Variables.OTLP_ENDPOINT, "http://localhost:" + port.known());
        if (authority(given).equals(authority(wanted))) {
            return new Finding.Ok("a pa started here sends to " + given + " (" + protocol + ")");
        }
        if (addresses.values().stream().anyMatch(address -> authority(address).equals(authority(given)))) {
            return new Finding.Failed(Variables.OTLP_PROTOCOL + " is " + protocol + ", but " + given
                    + " is not this stack's port for it", FIX);
        }
        return new Finding.Failed(Variables.OTLP_ENDPOINT + " is " + given + ": this stack, at " + wanted
                + ", will not see it", FIX);
    }

    /** An empty variable counts as unset, as in the SDK. */
    private static String given(Map<String, String> environment, String variable, String otherwise) {
        String value = environment.getOrDefault(variable, "");
        return value.isBlank() ? otherwise : value;
    }

    private static String authority(String address) {
        try {
            URI uri = URI.create(address);
            String host = "localhost".equals(uri.getHost()) ? "127.0.0.1" : uri.getHost();
            return host + ":" + uri.getPort();
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
