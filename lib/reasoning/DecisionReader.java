package reasoning;

import agent.decision.Decision;
import agent.decision.DecisionCodec;
import agent.decision.FunctionName;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes a decision of a model's call; of one that cannot be carried out, a {@link Decision.NoOp} that says exactly why. */
public final class DecisionReader {
    /** Some models put the place of a function before its name: {@code default_api.run_tests}, {@code functions:run_tests}. */
    private static final String NAMESPACE = "^(default_api|functions)[.:]";
    private static final int NAME_SHOWN = 80;
    private static final int HIGHEST_PORT = 65_535;

    private DecisionReader() {}

    /**
     * @param function the name as the model gave it; null when it gave none
     * @param args the arguments as the model gave them; null when it gave none
     */
    public static Decision read(String function, JsonNode args, Set<FunctionName> offered) {
        String name = function == null ? "" : function.strip().replaceFirst(NAMESPACE, "");
        Optional<FunctionName> known = FunctionName.of(name).filter(n -> FunctionTable.of(n) != null);
        if (known.filter(offered::contains).isEmpty()) {
            return new Decision.NoOp((known.isPresent() ? name + " is not offered in this run"
                    : "there is no function '" + Excerpt.line(name, NAME_SHOWN) + "'") + "; offered are: "
                    + FunctionTable.callable(offered).stream().map(FunctionName::value).collect(Collectors.joining(", ")));
        }
        try {
            return inRange(DecisionCodec.decision(known.get(), Arguments.check(FunctionTable.of(known.get()), args)));
        } catch (Arguments.Unusable e) {
            return new Decision.NoOp(e.getMessage());
        }
    }

    /** What the table of types does not say. */
    private static Decision inRange(Decision decision) {
        if (decision instanceof Decision.VerifyProduct product
                && product.port().stream().anyMatch(port -> port < 1 || port > HIGHEST_PORT)) {
            return new Decision.NoOp("verify_product: the argument port must be from 1 to 65535, not "
                    + product.port().getAsInt());
        }
        if (decision instanceof Decision.CreateTask task && task.priority().stream().anyMatch(priority -> priority < 0)) {
            return new Decision.NoOp("create_task: the argument priority must not be negative, not "
                    + task.priority().getAsInt());
        }
        return decision;
    }
}
