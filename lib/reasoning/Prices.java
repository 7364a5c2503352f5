package reasoning;

import agent.TokenUsage;
import agent.Usd;
import com.fasterxml.jackson.core.JsonProcessingException;
import contract.Failure;
import contract.StateFolders;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import reasoning.PriceFile.LongPrompt;
import reasoning.PriceFile.Rate;

/**
 * The prices of models, from a dated table that a user can override. A model that is not in the table has no price: the price is
 * never guessed, and never 0.
 */
public final class Prices {
    /** In {@link StateFolders#config}; the same form as the built-in file. Its models replace the built-in ones or are added to them. */
    public static final String FILE_NAME = "prices.json";

    private static final String BUILT_IN = "/reasoning/prices.json";
    private static final int PER_MILLION = 6;
    /** The prefix of model names in Google's API. */
    private static final String PREFIX = "models/";
    /** A dated or numbered release of the same model: {@code -001}, {@code -2026-09-02}. */
    private static final String RELEASE = "(-\\d{2,8})+$";

    private final Map<String, List<Rate>> rates;
    private final Path overrides;

    private Prices(Map<String, List<Rate>> rates, Path overrides) {
        this.rates = rates;
        this.overrides = overrides;
    }

    /** @throws Failure (usage) when the user's file exists but is invalid; it is never ignored */
    public static Prices load(Map<String, String> environment) {
        Path overrides = StateFolders.config(environment).resolve(FILE_NAME);
        Map<String, List<Rate>> rates = new TreeMap<>(builtIn());
        try {
            rates.putAll(parse(Files.readAllBytes(overrides), overrides.toString()));
        } catch (NoSuchFileException e) {
            // The usual case: there is no override file.
            return new Prices(rates, overrides);
        } catch (IOException e) {
            throw Failure.usage("cannot read the prices in " + overrides + ": " + e.getMessage(),
                    "make it readable, or remove it to use the built-in prices");
        }
        return new Prices(rates, overrides);
    }

    /**
     * The cost of one answer; empty when the model's price is unknown.
     *
     * @param day for which the price is taken
     */
    public Optional<Usd> cost(String model, TokenUsage usage, LocalDate day) {
        List<Rate> known = rates.get(unreleased(model));
        if (known == null) {
            return Optional.empty();
        }
        return known.stream().filter(rate -> !rate.firstDay().isAfter(day)).reduce((earlier, later) -> later)
                .map(rate -> cost(rate, usage));
    }

    /** Whether there is a price for the model. */
    public boolean known(String model) {
        return rates.containsKey(unreleased(model));
    }

    /** The file for additional prices. */
    public Path overrides() {
        return overrides;
    }

    /** A model's name in lower case, without the date or number of its release, as in the price table. */
    public static String unreleased(String model) {
        String name = model.startsWith(PREFIX) ? model.substring(PREFIX.length()) : model;
        return name.toLowerCase(Locale.ROOT).replaceFirst(RELEASE, "");
    }

    private static Usd cost(Rate rate, TokenUsage usage) {
        LongPrompt longer = rate.longPrompt();
        boolean isLong = longer != null && usage.input() > longer.above();
        BigDecimal input = isLong ? longer.input() : rate.input();
        BigDecimal cached = isLong ? longer.cacheRead() : rate.cacheRead();
        BigDecimal output = isLong ? longer.output() : rate.output();
        BigDecimal sum = times(input, usage.input() - usage.cacheRead())
                .add(times(cached == null ? input : cached, usage.cacheRead()))
                .add(times(output, usage.output()));
        return new Usd(sum.movePointLeft(PER_MILLION).stripTrailingZeros());
    }

    private static BigDecimal times(BigDecimal price, long tokens) {
        return price.multiply(BigDecimal.valueOf(Math.max(0, tokens)));
    }

    private static Map<String, List<Rate>> builtIn() {
        try (InputStream in = Prices.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new IllegalStateException(BUILT_IN + " is not on the class path");
            }
            return parse(in.readAllBytes(), BUILT_IN);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + BUILT_IN, e);
        }
    }

    private static Map<String, List<Rate>> parse(byte[] json, String file) throws IOException {
        try {
            return ModelJson.MAPPER.readValue(json, PriceFile.class).checked(file);
        } catch (JsonProcessingException e) {
            throw Failure.usage(file + " is not a table of prices: " + e.getOriginalMessage(),
                    "use this form: {\"models\": {\"gemini-x\": {\"rates\": [{\"input\": 0.75, \"output\": 3.75}]}}}");
        }
    }
}
