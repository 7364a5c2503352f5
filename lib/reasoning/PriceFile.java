package reasoning;

import com.fasterxml.jackson.annotation.JsonProperty;
import contract.Failure;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A dated table of prices from a file: {@code prices.json} of this room, or a user's own file of the same form.
 *
 * @param unit for readers: US dollars per million tokens
 * @param source for readers: the page with the prices
 */
public record PriceFile(String unit, String source, Map<String, Entry> models) {
    public PriceFile {
        models = models == null ? Map.of() : Map.copyOf(models);
    }

    /**
     * @param checked for readers: the day when the price was read
     * @param rates one after the other in time, oldest first
     */
    public record Entry(String checked, List<Rate> rates) {
        public Entry {
            rates = rates == null ? List.of() : List.copyOf(rates);
        }
    }

    /**
     * US dollars per million tokens.
     *
     * @param from the first day, {@code 2027-01-01}; absent for the first rate
     * @param cacheRead if absent, {@code input} is used, which is never too low
     * @param longPrompt absent when the length of the prompt does not matter
     */
    public record Rate(String from, BigDecimal input, BigDecimal cacheRead, BigDecimal output,
            @JsonProperty("long") LongPrompt longPrompt) {
        LocalDate firstDay() {
            return from == null ? LocalDate.MIN : LocalDate.parse(from);
        }
    }

    /** The prices for prompts of more than {@code above} tokens. */
    public record LongPrompt(long above, BigDecimal input, BigDecimal cacheRead, BigDecimal output) {}

    /**
     * By the lower-case name of the model.
     *
     * @param file for the message
     * @throws Failure (usage) when a rate is incomplete, negative, or not in the order of its days
     */
    public Map<String, List<Rate>> checked(String file) {
        Map<String, List<Rate>> rates = new TreeMap<>();
        models.forEach((model, entry) -> {
            String problem = problem(entry.rates());
            if (!problem.isEmpty()) {
                throw Failure.usage(file + ": the price of " + model + " " + problem,
                        "correct it, or remove the file to use the built-in prices");
            }
            rates.put(Prices.unreleased(model), entry.rates());
        });
        return rates;
    }

    private static String problem(List<Rate> rates) {
        if (rates.isEmpty()) {
            return "has no rates";
        }
        LocalDate previous = null;
        for (Rate rate : rates) {
            LongPrompt longer = rate.longPrompt();
            if (bad(rate.input()) || bad(rate.output()) || rate.cacheRead() != null && bad(rate.cacheRead())
                    || longer != null && (bad(longer.input()) || bad(longer.output())
                            || longer.cacheRead() != null && bad(longer.cacheRead()))) {
                return "lacks input or output, or contains a negative number";
            }
            try {
                LocalDate first = rate.firstDay();
                if (previous != null && !first.isAfter(previous)) {
                    return "has rates that are not in the order of their days";
                }
                previous = first;
            } catch (DateTimeParseException e) {
                return "has a day in another form than 2027-01-01";
            }
        }
        return "";
    }

    private static boolean bad(BigDecimal price) {
        return price == null || price.signum() < 0;
    }
}
