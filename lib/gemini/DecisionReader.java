package gemini;

import agent.Decision;
import agent.FunctionName;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes a decision of a function call; of one that cannot be carried out, a {@link Decision.NoOp} that says exactly why. */
final class DecisionReader {
    private static final int NAME_SHOWN = 80;
    private static final int HIGHEST_PORT = 65_535;

    private DecisionReader() {}

    static Decision read(Content.FunctionCall call, Set<FunctionName> offered) {
        String name = call.name() == null ? "" : call.name();
        Optional<FunctionName> known = FunctionName.of(name).filter(n -> FunctionTable.of(n) != null);
        if (known.filter(offered::contains).isEmpty()) {
            return new Decision.NoOp((known.isPresent() ? name + " is not offered in this run"
                    : "there is no function '" + Excerpt.line(name, NAME_SHOWN) + "'") + "; offered are: "
                    + FunctionTable.callable(offered).stream().map(FunctionName::value).collect(Collectors.joining(", ")));
        }
        try {
            return read(known.get(), Arguments.check(FunctionTable.of(known.get()), call.args()));
        } catch (Arguments.Unusable e) {
            return new Decision.NoOp(e.getMessage());
        }
    }

    private static Decision read(FunctionName name, Arguments given) {
        return switch (name) {
            case SEND_TO_CLAUDE -> new Decision.SendToClaude(given.text("instruction"), given.optionalText("context"));
            case VERIFY_CODE -> new Decision.VerifyCode(given.texts("file_paths"));
            case RUN_TESTS -> new Decision.RunTests(given.optionalText("test_command"));
            case CHECK_SERVER -> new Decision.CheckServer(given.text("url"));
            case READ_FILE -> new Decision.ReadFile(given.text("file_path"));
            case REVIEW_CHANGES -> new Decision.ReviewChanges(given.texts("file_paths"), given.optionalText("context"));
            case VERIFY_PRODUCT -> verifyProduct(given);
            case CREATE_TASK -> createTask(given);
            case UPDATE_TASK -> new Decision.UpdateTask(given.text("task_id"), given.text("status"),
                    given.optionalText("notes"));
            case COMPLETE_TASK -> new Decision.CompleteTask(given.text("task_id"), given.optionalText("notes"));
            case MARK_DONE -> new Decision.MarkDone(given.text("summary"), given.texts("verified_items"));
            case SAVE_SESSION -> new Decision.SaveSession(given.text("reason"), given.optionalText("error_type"),
                    given.number("status_code"));
            case NO_OP -> throw new IllegalArgumentException("no_op is never offered");
        };
    }

    private static Decision verifyProduct(Arguments given) {
        OptionalInt port = given.number("port");
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > HIGHEST_PORT)) {
            return new Decision.NoOp("verify_product: the argument port must be from 1 to 65535, not " + port.getAsInt());
        }
        return new Decision.VerifyProduct(given.optionalText("product_type"), given.optionalText("start_command"), port,
                given.texts("endpoints_to_test"), given.texts("ui_actions"));
    }

    private static Decision createTask(Arguments given) {
        OptionalInt priority = given.number("priority");
        if (priority.isPresent() && priority.getAsInt() < 0) {
            return new Decision.NoOp("create_task: the argument priority must not be negative, not " + priority.getAsInt());
        }
        return new Decision.CreateTask(given.text("description"), given.optionalText("assignee"), priority);
    }
}
