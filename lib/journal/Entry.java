package journal;

import agent.RunEvent;
import java.time.Instant;

/**
 * A line of the journal.
 *
 * @param sequence from 1, without gaps
 */
public record Entry(long sequence, Instant at, RunEvent event) {}
