package display;

import agent.Limits;
import agent.TokenUsage;
import agent.Totals;
import agent.Usd;
import console.Cells;
import console.Format;
import console.Palette;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * The text of a terminal's last line during a run: the progress, the costs and the present action. On a narrow terminal, the present
 * action is cut last. Events come on the run's thread; another thread reads the text.
 */
final class LivingLine {
    /** With fewer columns than these, the present action is not worth showing. */
    private static final int NOW = 24;

    private final Palette palette;
    private final IntSupplier width;
    private final Instant start = Instant.now();
    private Optional<Limits> limits = Optional.empty();
    private final int decisionsBefore;
    private int rounds;
    private int decisions;
    private TokenUsage usage;
    private TokenUsage ofRound = TokenUsage.NONE;
    private Usd cost;
    private boolean costIncomplete;
    private boolean costKnown;

    LivingLine(Palette palette, IntSupplier width, Totals before) {
        this.palette = palette;
        this.width = width;
        this.decisionsBefore = before.iterations();
        this.decisions = before.iterations();
        this.rounds = before.rounds();
        this.usage = before.usage();
        this.cost = before.cost();
        this.costIncomplete = before.costIncomplete();
        this.costKnown = cost.compareTo(Usd.ZERO) > 0;
    }

    synchronized void started(Limits bounds) {
        limits = Optional.of(bounds);
    }

    synchronized int round() {
        return ++rounds;
    }

    synchronized void decision() {
        decisions++;
    }

    /** The usage of the present round so far; the round's end reports the sum again. */
    synchronized void uses(TokenUsage soFar) {
        ofRound = soFar;
    }

    synchronized void spent(TokenUsage tokens, Optional<Usd> money) {
        usage = usage.plus(tokens);
        if (money.isPresent()) {
            cost = cost.plus(money.get());
            costKnown = true;
        } else if (tokens.total() > 0) {
            costIncomplete = true;
        }
    }

    /** The line with {@code now} as the present action; empty when there is none. */
    synchronized String text(String now) {
        if (now.isEmpty()) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        if (rounds > 0) {
            parts.add("round " + rounds);
        }
        money().ifPresent(parts::add);
        if (decisions > 0) {
            // The limit is for this run: the decisions of the session's earlier runs do not count.
            parts.add("decision " + (decisions - decisionsBefore) + limits.map(l -> "/" + l.maxIterations()).orElse(""));
        }
        parts.add(Format.duration(Duration.between(start, Instant.now()))
                + limits.flatMap(Limits::timeout).map(t -> " of " + Format.duration(t)).orElse(""));
        long tokens = usage.total() + ofRound.total();
        if (tokens > 0) {
            parts.add(Format.count(tokens) + " tokens");
        }
        StringBuilder line = new StringBuilder();
        int room = width.getAsInt() - Math.min(NOW, Cells.width(now));
        for (String part : parts) {
            if (Cells.width(line.toString()) + Cells.width(part) + Cells.width(palette.separator()) > room) {
                break;
            }
            line.append(part).append(palette.separator());
        }
        return line + now;
    }

    /** Empty as long as no price is known, which is not the same as zero. */
    private Optional<String> money() {
        Optional<Usd> most = limits.flatMap(Limits::maxCost);
        if (!costKnown || cost.compareTo(Usd.ZERO) == 0 && most.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of((costIncomplete ? "≥" : "") + cents(cost) + most.map(m -> " of " + cents(m)).orElse(""));
    }

    private static String cents(Usd amount) {
        return "$" + amount.amount().setScale(2, RoundingMode.HALF_UP).toPlainString();
    }
}
