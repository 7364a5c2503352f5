package services;

import java.util.List;

/**
 * What an {@code up} has to do.
 *
 * @param conflicts what stands in the way and is not ours to remove, in a person's words
 */
public record Plan(List<Action> actions, List<String> conflicts) {
    public Plan {
        actions = List.copyOf(actions);
        conflicts = List.copyOf(conflicts);
    }

    /** Whether everything is as it should be. */
    public boolean idle() {
        return conflicts.isEmpty() && actions.stream().allMatch(Action::idle);
    }

    /** The actions of one kind, in order. */
    public <A extends Action> List<A> only(Class<A> kind) {
        return actions.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
