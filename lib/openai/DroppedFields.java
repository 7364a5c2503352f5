package openai;

import java.util.Set;
import java.util.TreeSet;

/** The fields of a request that this server does not accept. They are found once and remembered for the run. */
final class DroppedFields {
    static final String TOOL_CHOICE = "tool_choice";
    static final String PARALLEL = "parallel_tool_calls";
    static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";
    /** The same field on older servers. */
    static final String MAX_TOKENS = "max_tokens";
    private static final Set<String> DROPPABLE = Set.of(TOOL_CHOICE, PARALLEL, MAX_COMPLETION_TOKENS);

    private final Set<String> dropped = new TreeSet<>();

    boolean contains(String field) {
        return dropped.contains(field);
    }

    /**
     * Drops the field that an error names, if the request works without it.
     *
     * @param complaint the error's parameter and message
     * @return whether another request is worth sending
     */
    boolean drop(String complaint) {
        return DROPPABLE.stream().filter(complaint::contains).findFirst().filter(dropped::add).isPresent();
    }
}
