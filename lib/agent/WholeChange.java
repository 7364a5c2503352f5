package agent;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The whole change of a run, for a reviewer. A part of it is never shown for the whole.
 *
 * @param patch empty where it cannot be shown whole
 * @param obstacle why not, a sentence without its final stop; empty where it can
 */
public record WholeChange(Optional<String> patch, String obstacle) {
    /** In bytes. Nobody reads more with attention. */
    public static final int MOST = 400_000;

    /** @param patch as far as it was read: at least one byte more than {@link #MOST} of a longer one; empty when there is none */
    public static WholeChange of(Optional<String> patch) {
        if (patch.isEmpty()) {
            return new WholeChange(Optional.empty(), "there is no git here, so nobody can be shown what changed");
        }
        boolean tooLong = patch.get().getBytes(StandardCharsets.UTF_8).length > MOST;
        return tooLong ? new WholeChange(Optional.empty(), "the change is longer than " + MOST / 1000
                + " kB, so no model reviewed it") : new WholeChange(patch, "");
    }
}
