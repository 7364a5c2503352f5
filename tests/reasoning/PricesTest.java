package reasoning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.TokenUsage;
import agent.Usd;
import com.fasterxml.jackson.databind.JsonNode;
import contract.ExitCode;
import contract.Failure;
import gemini.GeminiOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Money is exact, dated, and never guessed. */
class PricesTest {
    private static final LocalDate NOW = LocalDate.of(2026, 11, 22);

    @TempDir
    private Path config;

    @Test
    void inputCachedAndOutputAreAddedExactly() {
        // 700,001 × 0.75 + 300,000 × 0.075 + 3 × 3.75 per million: no floating-point number gives this
        assertEquals(Optional.of(Usd.of("0.547512")),
                built().cost("gemini-3.8-flash", new TokenUsage(1_000_001, 3, 300_000, 0, 2), NOW));
        assertEquals(Optional.of(Usd.ZERO),
                built().cost("gemini-3.8-flash", TokenUsage.NONE, NOW));
    }

    @ParameterizedTest
    @CsvSource({"2026-12-31,0.75", "2027-01-01,1.5"})
    void aPriceHoldsUntilTheDayOfTheNext(LocalDate day, String expected) {
        assertEquals(Optional.of(Usd.of(expected)),
                built().cost("gemini-3.8-flash", new TokenUsage(1_000_000, 0, 0, 0, 0), day));
    }

    @ParameterizedTest
    @CsvSource({"200000,0.4", "200001,0.800004"})
    void longPromptsCostMoreWhereTheyDo(long input, String expected) {
        assertEquals(Optional.of(Usd.of(expected)),
                built().cost("gemini-3.1-pro-preview", new TokenUsage(input, 0, 0, 0, 0), NOW));
    }

    @Test
    void aReleaseCostsWhatItsModelDoes_andAnUnknownModelNothingThatWeKnow() {
        TokenUsage usage = new TokenUsage(1_000_000, 0, 0, 0, 0);
        assertEquals(Optional.of(Usd.of("0.75")), built().cost("models/gemini-3.8-flash-001", usage, NOW));
        assertEquals(Optional.empty(), built().cost("gemini-9", usage, NOW));
        assertEquals(Optional.empty(), built().cost("gemini-3.8-flash-tuned", usage, NOW));
    }

    @Test
    void whetherAPriceIsKnownIsToldByTheModelsNameWithoutItsRelease() {
        assertTrue(built().known("models/gemini-3.8-flash-001"));
        assertFalse(built().known("gemini-9"));
    }

    @Test
    void aUsersFileReplacesAndAdds() throws Exception {
        write("{\"models\":{\"gemini-3.8-flash\":{\"rates\":[{\"input\":9,\"output\":10}]},"
                + "\"house-model\":{\"rates\":[{\"input\":0.001,\"cacheRead\":0,\"output\":0.1}]}}}");
        Prices prices = Prices.load(environment());
        assertEquals(Optional.of(Usd.of("9")), prices.cost("gemini-3.8-flash", new TokenUsage(1_000_000, 0, 500_000, 0, 0),
                NOW),
                "without a price for cached input it costs as input");
        assertEquals(Optional.of(Usd.of("0.0005")), prices.cost("house-model", new TokenUsage(1_000_000, 0, 500_000, 0, 0),
                NOW));
        assertEquals(Optional.of(Usd.of("1.5")), prices.cost("gemini-3.5-flash", new TokenUsage(1_000_000, 0, 0, 0, 0),
                NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"models\":{\"m\":{\"rates\":[{\"input\":1}]}}}",
        "{\"models\":{\"m\":{\"rates\":[{\"input\":-1,\"output\":1}]}}}", "{\"models\":{\"m\":{\"rates\":[]}}}",
        "{\"models\":{\"m\":{\"rates\":[{\"input\":1,\"output\":1,\"cacheRead\":-1}]}}}",
        "{\"models\":{\"m\":{\"rates\":[{\"input\":1,\"output\":1,\"long\":{\"above\":9,\"input\":1}}]}}}",
        "{\"models\":{\"m\":{\"rates\":[{\"input\":1,\"output\":1,\"long\":{\"above\":9,\"output\":1}}]}}}",
        "{\"models\":{\"m\":{\"rates\":[{\"input\":1,\"output\":1,\"long\":{\"above\":9,\"input\":1,\"output\":1,\"cacheRead\":-1}}]}}}",
        "{\"models\":{\"m\":{\"rates\":[{\"from\":\"soon\",\"input\":1,\"output\":1}]}}}",
        "{\"models\":{\"m\":{\"rates\":[{\"input\":1,\"output\":1},{\"input\":1,\"output\":1}]}}}"})
    void aUsersFileThatCannotBeUsedIsNotPassedOver(String content) throws Exception {
        write(content);
        Failure failure = assertThrows(Failure.class, () -> Prices.load(environment()));
        assertEquals(ExitCode.USAGE, failure.exitCode());
        assertTrue(failure.getMessage().contains("prices.json"), failure.getMessage());
    }

    @Test
    void theBuiltInTableIsDatedAndNamesItsSource() throws Exception {
        JsonNode table = ModelJson.MAPPER.readTree(Prices.class.getResourceAsStream("/reasoning/prices.json"));
        assertTrue(table.get("source").asText().startsWith("https://ai.google.dev/"));
        assertTrue(table.get("models").has(GeminiOptions.DEFAULT_MODEL), "the default model has a price");
        table.get("models").properties().forEach(model -> {
            String checked = model.getValue().get("checked").asText();
            if (model.getKey().equals("rehearsal")) {
                assertTrue(checked.startsWith("made up"), "a made-up price says that it is one");
            } else {
                assertTrue(LocalDate.parse(checked).isAfter(LocalDate.of(2026, 1, 1)), model.getKey());
            }
        });
    }

    private static Prices built() {
        return Prices.load(Map.of("XDG_CONFIG_HOME", "/nonexistent"));
    }

    private Map<String, String> environment() {
        return Map.of("XDG_CONFIG_HOME", config.toString());
    }

    private void write(String content) throws Exception {
        Files.createDirectories(config.resolve("agentproxy"));
        Files.writeString(config.resolve("agentproxy/prices.json"), content);
    }
}
