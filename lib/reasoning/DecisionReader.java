package reasoning;

import agent.decision.Decision;
import agent.decision.DecisionCodec;
import agent.decision.FunctionName;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns a model's call into a decision. A call that cannot be carried out becomes a {@link Decision.NoOp} with the exact reason. */
public final class DecisionReader {
    /** Some models write a namespace before the function's name: {@code default_api.run_tests}, {@code functions:run_tests}. */
    private static final String NAMESPACE = "^(default_api|functions)[.:]";
    private static final int NAME_SHOWN = 80;
    private static final int HIGHEST_PORT = 65_535;

    private DecisionReader() {}

    /**
     * @param function the name from the model; null when there was none
     * @param args the arguments from the model; null when there were none
     */
    public static Decision read(String function, JsonNode args, Set<FunctionName> offered) {
        String name = function == null ? "" : function.strip().replaceFirst(NAMESPACE, "");
        Optional<FunctionName> known = FunctionName.of(name).filter(n -> FunctionTable.of(n) != null);
        if (known.filter(offered::contains).isEmpty()) {
            return new Decision.NoOp((known.isPresent() ? name + " is not offered in this run"
                    : "there is no function '" + Excerpt.line(name, NAME_SHOWN) + "'") + "; the offered functions are: "
                    + FunctionTable.callable(offered).stream().map(FunctionName::value).collect(Collectors.joining(", ")));
        }
        try {
            return inRange(DecisionCodec.decision(known.get(), Arguments.check(FunctionTable.of(known.get()), args)));
        } catch (Arguments.Unusable e) {
            return new Decision.NoOp(e.getMessage());
        }
    }

    /** Checks that go beyond the table of types. */
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
