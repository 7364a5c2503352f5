package rehearsal;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a rehearsal goes: how many rounds the work takes, and what each round and each decision is said to have used. The
 * figures are made up; that they come out the same in journal and telemetry is what they are for.
 *
 * @param rounds the first writes the program, each further one fixes a fault; so one fewer faults than rounds
 * @param decisions in their order; where there are more decisions, the last one's figures again
 * @param pause before each step of the worker's stand-in
 */
public record RehearsalScript(List<Round> rounds, List<Decision> decisions, Duration pause) {
    /** The most rounds there can be. */
    public static final int MAX_ROUNDS = 25;

    /**
     * What a round of the worker's stand-in used; with the real Claude Code, what each call of the model in it used, from
     * which Claude Code works out the cost itself.
     *
     * @param input tokens sent that a cache did not have, as Anthropic counts
     * @param costUsd in US dollars
     */
    public record Round(long input, long output, long cacheRead, long cacheCreation, BigDecimal costUsd) {}

    /**
     * What a decision used, as Gemini counts.
     *
     * @param prompt what came from a cache included
     * @param candidates the answer without the thoughts
     */
    public record Decision(long prompt, long cached, long candidates, long thoughts) {}

    public RehearsalScript {
        rounds = List.copyOf(rounds);
        decisions = List.copyOf(decisions);
        if (rounds.isEmpty() || rounds.size() > MAX_ROUNDS || decisions.isEmpty()) {
            throw new IllegalArgumentException("a rehearsal has 1 to " + MAX_ROUNDS + " rounds and a decision, not "
                    + rounds.size() + " and " + decisions.size());
        }
    }

    /** The one that people see: a fault, found by the check, fixed in the second round. */
    public static RehearsalScript standard() {
        return new RehearsalScript(
                List.of(new Round(412, 655, 11_840, 2_310, new BigDecimal("0.0342")),
                        new Round(198, 241, 14_150, 870, new BigDecimal("0.0157"))),
                List.of(new Decision(1_466, 0, 118, 204), new Decision(1_907, 1_024, 74, 131)), Duration.ZERO);
    }

    /** Faults that the program is written with. */
    int faults() {
        return rounds.size() - 1;
    }

    /** The figures of a round, counted from 0; beyond the last, the last one's. */
    public Round round(int number) {
        return rounds.get(Math.min(number, rounds.size() - 1));
    }

    /** The figures of a decision, counted from 0; beyond the last, the last one's. */
    Decision decision(int number) {
        return decisions.get(Math.min(number, decisions.size() - 1));
    }

    /** What the worker's stand-in needs of it, as one word for its command line. */
    String encodeRounds() {
        return pause.toMillis() + ":" + rounds.stream().map(r -> r.input() + "," + r.output() + "," + r.cacheRead() + ","
                + r.cacheCreation() + "," + r.costUsd().toPlainString()).collect(Collectors.joining(";"));
    }

    /** The inverse of {@link #encodeRounds}; the decisions are {@link #standard}'s. */
    static RehearsalScript decodeRounds(String word) {
        String[] parts = word.split(":", 2);
        List<Round> rounds = Arrays.stream(parts[1].split(";")).map(r -> r.split(","))
                .map(f -> new Round(Long.parseLong(f[0]), Long.parseLong(f[1]), Long.parseLong(f[2]), Long.parseLong(f[3]),
                        new BigDecimal(f[4]))).collect(Collectors.toList());
        return new RehearsalScript(rounds, standard().decisions(), Duration.ofMillis(Long.parseLong(parts[0])));
    }
}
