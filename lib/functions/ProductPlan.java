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
 * What {@code verify_product} was asked for, understood.
 *
 * @param type api, web, cli, script or auto
 * @param command in words; empty when nobody knows how to start the product
 * @param port where it will listen, as far as that is known before
 */
record ProductPlan(String type, List<String> command, OptionalInt port, List<ProductRequest> endpoints, List<String> uiActions) {
    private static final Set<String> SERVERS = Set.of("api", "web");
    private static final Set<String> COMMANDS = Set.of("cli", "script");
    private static final int MOST_ENDPOINTS = 50;
    private static final int HIGHEST_PORT = 65_535;

    static ProductPlan of(Decision.VerifyProduct decision, ProductStart starts) throws Refused {
        String type = decision.productType().orElse("auto").strip().toLowerCase(Locale.ROOT);
        if (!SERVERS.contains(type) && !COMMANDS.contains(type) && !type.equals("auto")) {
            throw new Refused("refused: product_type is one of api, web, cli, script, auto, not " + type);
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
                throw new Refused("refused: " + text + " is on another port than " + port.getAsInt());
            }
        }
        if (port.isEmpty()) {
            port = ProductStart.portIn(command);
        }
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > HIGHEST_PORT)) {
            throw new Refused("refused: there is no port " + port.getAsInt());
        }
        return new ProductPlan(type, command, port, List.copyOf(endpoints), List.copyOf(decision.uiActions()));
    }

    /** Whether it is a command that runs to its end, by its type. */
    boolean endsByItself() {
        return COMMANDS.contains(type);
    }

    /** Whether it may turn out to be one. */
    boolean mayEnd() {
        return type.equals("auto") && endpoints.isEmpty();
    }

    /** For a person: what is verified. */
    String subject() {
        if (command.isEmpty()) {
            return "the product";
        }
        String asked = endpoints.stream().map(ProductRequest::toString).collect(Collectors.joining(", "));
        return CommandWords.join(command) + (asked.isEmpty() ? "" : ": " + asked);
    }
}
