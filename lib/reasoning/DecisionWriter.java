package reasoning;

import agent.decision.Decision;
import agent.decision.DecisionCodec;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Makes the arguments of a call out of a decision that another reasoner took: the way back of {@link DecisionReader}. */
public final class DecisionWriter {
    private DecisionWriter() {}

    /** The call's arguments; empty for a {@link Decision.NoOp}, which is no call. */
    public static Optional<ObjectNode> arguments(Decision decision) {
        return decision instanceof Decision.NoOp ? Optional.empty()
                : Optional.of(ModelJson.MAPPER.valueToTree(DecisionCodec.arguments(decision).values()));
    }
}
