package verdict;

import contract.EvidenceLevel;
import java.util.List;

/** The verdict in one sentence. */
final class Sentence {
    private static final int SHOWN = 3;

    private Sentence() {}

    static String of(EvidenceLevel level, Comparison runs) {
        return switch (level) {
            case INDEPENDENT -> names(runs.independent()) + verb(runs.independent(), " fails", " fail")
                    + " on the old sources and " + (runs.independent().size() == 1 ? "passes" : "pass") + " now"
                    + rest(runs);
            case OWN_TESTS -> own(runs.own().isEmpty() ? runs.independent() : runs.own()) + rest(runs);
            default -> unchanged(runs);
        };
    }

    private static String own(List<String> tests) {
        return names(tests) + ", which came with the change," + verb(tests, " fails", " fail") + " on the old sources and "
                + verb(tests, "passes", "pass") + " on the new ones";
    }

    private static String unchanged(Comparison runs) {
        if (!runs.redWithdrawn().isEmpty()) {
            return names(runs.redWithdrawn()) + " failed before, and "
                    + (runs.redWithdrawn().size() == 1 ? "does" : "do") + " not pass in"
                    + " " + (runs.redWithdrawn().size() == 1 ? "its" : "their")
                    + " old form";
        }
        if (!runs.regressed().isEmpty()) {
            return names(runs.regressed()) + " passed before and " + (runs.regressed().size() == 1 ? "fails" : "fail") + " now";
        }
        return runs.passToPass() > 0 ? "what passed before still passes, and nothing that failed before passes now"
                : "nothing was checked that could fail";
    }

    private static String rest(Comparison runs) {
        String left = left(runs.greenWithdrawn(), " passed before and is gone", " passed before and are gone")
                + left(runs.skipped(), " passed before and is skipped now", " passed before and are skipped now");
        return !left.isEmpty() ? left : runs.passToPass() == 0 ? "" : "; nothing else changed its result";
    }

    private static String left(List<String> tests, String one, String many) {
        return tests.isEmpty() ? "" : "; " + names(tests) + verb(tests, one, many);
    }

    private static String verb(List<String> names, String one, String many) {
        return names.size() == 1 ? one : many;
    }

    static String names(List<String> names) {
        if (names.size() <= SHOWN) {
            return String.join(", ", names);
        }
        return String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more";
    }
}
