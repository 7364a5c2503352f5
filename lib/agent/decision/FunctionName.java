package agent.decision;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The fixed set of functions that PA may decide, with the original's names: a bounded label. */
public enum FunctionName {
    /** On the wire {@code send_to_claude}, whoever the worker is: the original's name, which journals and panels know. */
    SEND_TO_WORKER("send_to_claude", Decision.SendToWorker.class), VERIFY_CODE(Decision.VerifyCode.class),
    RUN_TESTS(Decision.RunTests.class), CHECK_SERVER(Decision.CheckServer.class), READ_FILE(Decision.ReadFile.class),
    REVIEW_CHANGES(Decision.ReviewChanges.class), VERIFY_PRODUCT(Decision.VerifyProduct.class),
    CREATE_TASK(Decision.CreateTask.class), UPDATE_TASK(Decision.UpdateTask.class), COMPLETE_TASK(Decision.CompleteTask.class),
    MARK_DONE(Decision.MarkDone.class), SAVE_SESSION(Decision.SaveSession.class),
    /** Internal: an answer of the reasoner that could not be used. Never offered. */
    NO_OP(Decision.NoOp.class);

    private final String value;
    private final Class<? extends Decision> type;

    FunctionName(Class<? extends Decision> type) {
        this.value = name().toLowerCase(Locale.ROOT);
        this.type = type;
    }

    FunctionName(String value, Class<? extends Decision> type) {
        this.value = value;
        this.type = type;
    }

    /** As on the wire and in telemetry, for instance {@code send_to_claude}. */
    public String value() {
        return value;
    }

    /** The record that says what its arguments are. */
    Class<? extends Decision> type() {
        return type;
    }

    public static Optional<FunctionName> of(String value) {
        return Stream.of(values()).filter(name -> name.value.equals(value)).findFirst();
    }

    static FunctionName of(Class<? extends Decision> type) {
        return Stream.of(values()).filter(name -> name.type == type).findFirst().orElseThrow();
    }
}
