package reasoning;

import agent.decision.Decision;
import agent.decision.DecisionCodec;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Turns a decision of another reasoner into the arguments of a call: the reverse of {@link DecisionReader}. */
public final class DecisionWriter {
    private DecisionWriter() {}

    /** The call's arguments; empty for a {@link Decision.NoOp}, which is not a call. */
    public static Optional<ObjectNode> arguments(Decision decision) {
        return decision instanceof Decision.NoOp ? Optional.empty()
                : Optional.of(ModelJson.MAPPER.valueToTree(DecisionCodec.arguments(decision)));
    }
}
