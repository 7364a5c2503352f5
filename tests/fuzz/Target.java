package fuzz;

import java.util.List;

/**
 * Something that reads what others wrote.
 *
 * @param seeds inputs that are right
 * @param body reads one; whatever it throws is a defect
 */
public record Target(String name, List<byte[]> seeds, Body body) {
    /** Reads an input. */
    @FunctionalInterface
    public interface Body {
        void read(byte[] input) throws Exception;
    }
}
