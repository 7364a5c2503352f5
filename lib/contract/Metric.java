package contract;

import java.util.List;

/**
 * One instrument of the contract.
 *
 * @param name the OpenTelemetry name
 * @param unit a UCUM unit; {@code {…}} is an annotation
 * @param attributes the only keys it may carry, each with a bounded set of values
 * @param bounds explicit bucket boundaries of a histogram in its unit; empty for the other kinds
 */
public record Metric(String name, Kind kind, String unit, String description, List<String> attributes, List<Double> bounds) {
    /** The instrument kinds in use. */
    public enum Kind { COUNTER, UP_DOWN_COUNTER, HISTOGRAM }

    /** Whether values have fractions: seconds and money have, everything else is counted. */
    public boolean fraction() {
        return unit.equals("s") || unit.equals("USD");
    }
}
