package stackcli;

import contract.Failure;
import java.net.URI;
import java.util.Set;

/** What a user says of a Grafana or an endpoint that is not the stack's: looked at before anything is asked there. */
final class RemoteArguments {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private RemoteArguments() {}

    /**
     * The address, as paths are put behind it.
     *
     * @throws Failure (usage) when it is none, or has what would be lost or shown: a password, a query
     */
    static URI address(String option, URI given, String example) {
        if (!SCHEMES.contains(String.valueOf(given.getScheme())) || given.getHost() == null) {
            throw Failure.usage(option + " " + shown(given) + " is no address of a server", "for instance " + example);
        }
        if (given.getRawUserInfo() != null) {
            throw Failure.usage(option + " has a name or a password in it, and those are not taken from an address",
                    "leave them out: OTEL_EXPORTER_OTLP_HEADERS is for an endpoint, AGENTPROXY_STACK_GRAFANA_TOKEN for Grafana");
        }
        if (given.getRawQuery() != null || given.getRawFragment() != null) {
            throw Failure.usage(option + " " + given + " is the address of one page",
                    "leave out what begins at ? or #, for instance " + example);
        }
        return URI.create(given.toString().replaceAll("(?<!/)/++$", ""));
    }

    /** An address that cannot be read may have a password anywhere in front of an @. */
    private static String shown(URI given) {
        String text = given.toString();
        return text.substring(text.lastIndexOf('@') + 1);
    }

    /** @throws Failure (usage) for what is no uid of a data source */
    static String uid(String option, String given) {
        if (!given.matches("[A-Za-z0-9_.-]{1,100}")) {
            throw Failure.usage(option + " '" + given + "' is no uid of a data source",
                    "letters, digits, '-' and '_': the last part of the address of its page in Grafana");
        }
        return given;
    }
}
