package functions;

import agent.decision.Decision;
import functions.tree.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import process.CommandWords;

/**
 * A parsed request to {@code verify_product}.
 *
 * @param type api, web, cli, script or auto
 * @param command as words; empty when the way to start the product is unknown
 * @param port where the product will listen, if it is known before the start
 */
record ProductPlan(String type, List<String> command, OptionalInt port, List<ProductRequest> endpoints, List<String> uiActions) {
    private static final Set<String> SERVERS = Set.of("api", "web");
    private static final Set<String> COMMANDS = Set.of("cli", "script");
    private static final int MOST_ENDPOINTS = 50;
    private static final int HIGHEST_PORT = 65_535;

    static ProductPlan of(Decision.VerifyProduct decision, ProductStart starts) throws Refused {
        String type = decision.productType().orElse("auto").strip().toLowerCase(Locale.ROOT);
        if (!SERVERS.contains(type) && !COMMANDS.contains(type) && !type.equals("auto")) {
            throw new Refused("refused: product_type must be one of api, web, cli, script, auto, not " + type);
        }
        if (decision.endpointsToTest().size() > MOST_ENDPOINTS) {
            throw new Refused("refused: at most " + MOST_ENDPOINTS + " endpoints");
        }
        List<String> command = starts.command(decision.startCommand()).orElse(List.of());
        List<ProductRequest> endpoints = new ArrayList<>();
        OptionalInt port = decision.port();
        for (String text : decision.endpointsToTest()) {
            ProductRequest endpoint = ProductRequest.parse(text);
            endpoints.add(endpoint);
            if (port.isEmpty()) {
                port = endpoint.port();
            } else if (endpoint.port().isPresent() && !endpoint.port().equals(port)) {
                throw new Refused("refused: " + text + " has another port than " + port.getAsInt());
            }
        }
        if (port.isEmpty()) {
            port = ProductStart.portIn(command);
        }
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > HIGHEST_PORT)) {
            throw new Refused("refused: " + port.getAsInt() + " is not a port");
        }
        return new ProductPlan(type, command, port, List.copyOf(endpoints), List.copyOf(decision.uiActions()));
    }

    /** Whether its type is a command that runs to its end. */
    boolean endsByItself() {
        return COMMANDS.contains(type);
    }

    /** Whether it may be such a command. */
    boolean mayEnd() {
        return type.equals("auto") && endpoints.isEmpty();
    }

    /** The subject of the verification, for the user. */
    String subject() {
        if (command.isEmpty()) {
            return "the product";
        }
        String asked = endpoints.stream().map(ProductRequest::toString).collect(Collectors.joining(", "));
        return CommandWords.join(command) + (asked.isEmpty() ? "" : ": " + asked);
    }
}
