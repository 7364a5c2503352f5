package doctor;

import java.util.List;

/**
 * One station on the way of the signals.
 *
 * @param needs names of earlier hops that must work before this one is asked
 */
public record Hop(String name, List<String> needs, Probe probe) {
    public Hop {
        needs = List.copyOf(needs);
    }

    /** Asks one hop. */
    public interface Probe {
        Finding look() throws InterruptedException;
    }
}
