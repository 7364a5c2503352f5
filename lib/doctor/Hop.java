package doctor;

import java.util.List;

/**
 * One station on the way.
 *
 * @param needs names of earlier hops without which asking makes no sense
 */
public record Hop(String name, List<String> needs, Probe probe) {
    public Hop {
        needs = List.copyOf(needs);
    }

    /** Asks a hop. */
    public interface Probe {
        Finding look() throws InterruptedException;
    }
}
