package stackcli;

import contract.Failure;
import java.net.URI;
import java.util.Set;

/** Checks the user's arguments for a foreign Grafana or endpoint before anything is sent there. */
final class RemoteArguments {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private RemoteArguments() {}

    /**
     * The address in a form to which a path can be added.
     *
     * @throws Failure (usage) when it is not an address, or has a part that would be lost or shown: a password, a query
     */
    static URI address(String option, URI given, String example) {
        if (!SCHEMES.contains(String.valueOf(given.getScheme())) || given.getHost() == null) {
            boolean bare = !given.toString().contains("//");
            throw Failure.usage(option + " " + shown(given) + " is not the address of a server", bare
                    ? "write http:// or https:// in front of it" : "for instance " + example);
        }
        if (given.getRawUserInfo() != null) {
            throw Failure.usage(option + " contains a user name or a password, which an address may not have",
                    "leave them out: OTEL_EXPORTER_OTLP_HEADERS is for an endpoint, AGENTPROXY_STACK_GRAFANA_TOKEN for Grafana");
        }
        if (given.getRawQuery() != null || given.getRawFragment() != null) {
            throw Failure.usage(option + " " + given + " is the address of one page",
                    "leave out the part that begins with ? or #, for instance " + example);
        }
        return URI.create(given.toString().replaceAll("(?<!/)/++$", ""));
    }

    /** An unreadable address may contain a password anywhere before an @. */
    private static String shown(URI given) {
        String text = given.toString();
        return text.substring(text.lastIndexOf('@') + 1);
    }

    /** @throws Failure (usage) when it cannot be the uid of a data source */
    static String uid(String option, String given) {
        if (!given.matches("[A-Za-z0-9_.-]{1,100}")) {
            throw Failure.usage(option + " '" + given + "' is not the uid of a data source",
                    "letters, digits, '-' and '_': the last part of the address of its page in Grafana");
        }
        return given;
    }
}
