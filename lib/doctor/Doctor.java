package doctor;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Asks one hop after the other. */
public final class Doctor {
    private Doctor() {}

    /**
     * Asks all hops and returns the findings by the names of the hops, in order.
     *
     * @param asking receives the name of the next hop
     * @param found receives each finding as soon as it is known
     */
    public static Map<String, Finding> examine(List<Hop> hops, Consumer<String> asking, BiConsumer<String, Finding> found)
            throws InterruptedException {
        Map<String, Finding> findings = new LinkedHashMap<>();
        // A skipped hop names the hop that is broken, also when the hop directly before it was only skipped.
        Map<String, String> broken = new HashMap<>();
        for (Hop hop : hops) {
            Optional<String> cause = hop.needs().stream().filter(broken::containsKey).map(broken::get).findFirst();
            Finding finding;
            if (cause.isPresent()) {
                finding = new Finding.Skipped("needs: " + cause.get());
                broken.put(hop.name(), cause.get());
            } else {
                asking.accept(hop.name());
                finding = ask(hop);
                if (finding instanceof Finding.Failed) {
                    broken.put(hop.name(), hop.name());
                }
            }
            findings.put(hop.name(), finding);
            found.accept(hop.name(), finding);
        }
        return findings;
    }

    /** Whether every hop that was asked is ok. */
    public static boolean healthy(Map<String, Finding> findings) {
        return findings.values().stream().allMatch(Finding.Ok.class::isInstance);
    }

    /** A probe that throws becomes a failed hop, so that the other hops are still asked. */
    private static Finding ask(Hop hop) throws InterruptedException {
        try {
            return hop.probe().look();
        } catch (RuntimeException e) {
            // Without the exception's message: it may contain an address with a password.
            return new Finding.Failed("could not be asked: " + e.getClass().getSimpleName(), "");
        }
    }
}
