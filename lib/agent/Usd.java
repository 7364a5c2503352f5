package agent;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** An amount of money in US dollars, exact. */
public record Usd(BigDecimal amount) implements Comparable<Usd> {
    public static final Usd ZERO = new Usd(BigDecimal.ZERO);

    /** Equal amounts are equal, however they were written. */
    public Usd {
        amount = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    }

    public static Usd of(String amount) {
        return new Usd(new BigDecimal(amount));
    }

    public Usd plus(Usd other) {
        return new Usd(amount.add(other.amount));
    }

    public Usd minus(Usd other) {
        return new Usd(amount.subtract(other.amount));
    }

    public double toDouble() {
        return amount.doubleValue();
    }

    @Override
    public int compareTo(Usd other) {
        return amount.compareTo(other.amount);
    }

    /** {@code $0.0123}: four decimals, since a round costs cents. */
    @Override
    public String toString() {
        return "$" + amount.setScale(4, RoundingMode.HALF_UP).toPlainString();
    }
}
