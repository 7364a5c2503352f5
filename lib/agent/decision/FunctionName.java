package agent.decision;

import java.util.Locale;
import java.util.Optional;

/** The fixed set of functions that PA may decide, with the original's names: a bounded label. */
public enum FunctionName {
    /** On the wire {@code send_to_claude}, whoever the worker is: the original's name, which journals and panels know. */
    SEND_TO_WORKER("send_to_claude"), VERIFY_CODE, RUN_TESTS, CHECK_SERVER, READ_FILE, REVIEW_CHANGES, VERIFY_PRODUCT,
    CREATE_TASK, UPDATE_TASK, COMPLETE_TASK, MARK_DONE, SAVE_SESSION,
    /** Internal: an answer of the reasoner that could not be used. Never offered. */
    NO_OP;

    private final String value;

    FunctionName() {
        this.value = name().toLowerCase(Locale.ROOT);
    }

    FunctionName(String value) {
        this.value = value;
    }

    /** As on the wire and in telemetry, for instance {@code send_to_claude}. */
    public String value() {
        return value;
    }

    public static Optional<FunctionName> of(String value) {
        for (FunctionName name : values()) {
            if (name.value().equals(value)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
