package contract;

import java.util.Locale;
import java.util.Optional;

/**
 * Whether and where the text of tasks, instructions, answers and checks is sent: the values of
 * {@code OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT}.
 */
public enum ContentMode {
    NO_CONTENT, SPAN_ONLY, EVENT_ONLY, SPAN_AND_EVENT;

    public boolean spans() {
        return this == SPAN_ONLY || this == SPAN_AND_EVENT;
    }

    public boolean events() {
        return this == EVENT_ONLY || this == SPAN_AND_EVENT;
    }

    /** Also of the older boolean; empty for a value that is none of them. */
    public static Optional<ContentMode> of(String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "", "false", "0", "no_content" -> Optional.of(NO_CONTENT);
            case "true", "1", "span_only" -> Optional.of(SPAN_ONLY);
            case "event_only" -> Optional.of(EVENT_ONLY);
            case "span_and_event" -> Optional.of(SPAN_AND_EVENT);
            default -> Optional.empty();
        };
    }
}
