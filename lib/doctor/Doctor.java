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
     * All findings by the name of their hop, in order.
     *
     * @param asking is told which hop is asked next
     * @param found is told each finding as soon as it is known
     */
    public static Map<String, Finding> examine(List<Hop> hops, Consumer<String> asking, BiConsumer<String, Finding> found)
            throws InterruptedException {
        Map<String, Finding> findings = new LinkedHashMap<>();
        // A hop that was skipped points at the one that is broken, not at the one before it.
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

    /** Whether everything that was asked is as it should be. */
    public static boolean healthy(Map<String, Finding> findings) {
        return findings.values().stream().allMatch(Finding.Ok.class::isInstance);
    }

    /** A hop whose question itself breaks is told like any other, so that the rest is still asked. */
    private static Finding ask(Hop hop) throws InterruptedException {
        try {
            return hop.probe().look();
        } catch (RuntimeException e) {
            // Without its message, which may hold an address with a password in it.
            return new Finding.Failed("could not be asked: " + e.getClass().getSimpleName(), "");
        }
    }
}
