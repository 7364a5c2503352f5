package stackcli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Read off Prometheus 3.14: what it stored last, beside what it scraped last. */
class PrometheusDiskTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-11-26T11:59:57Z, 2026-11-26T11:59:58.123456789Z, false, as always",
        "2026-11-26T11:58:00Z, 2026-11-26T11:59:56.123456789Z, true, nothing is stored any more",
        "'', 2026-11-26T11:59:56Z, true, nothing was ever stored",
        "'', 2026-11-26T11:59:59.5Z, false, the first scrape was half a second ago",
        "'', 0001-01-01T00:00:00Z, false, nothing was scraped yet",
        "'', '', false, there are no targets",
        "2026-11-26T11:58:00Z, 2026-11-26T11:57:59Z, false, whatever it scraped it stored"})
    void whoScrapesAndStoresNothingHasAFullDisk(String stored, String scraped, boolean full, String when) throws IOException {
        Map<String, String> pages = Map.of("/api/v1/query?query=max(timestamp(up))", stored.isEmpty()
                ? "{\"data\":{\"result\":[]}}" : "{\"data\":{\"result\":[{\"value\":[1,\"" + Instant.parse(stored).getEpochSecond()
                        + "\"]}]}}", "/api/v1/targets?state=active", "{\"data\":{\"activeTargets\":["
                        + (scraped.isEmpty() ? "" : "{\"lastScrape\":\"" + scraped + "\"}") + "]}}");
        var alert = PrometheusDisk.full(path -> new ObjectMapper().readTree(pages.get(path)), NOW);
        assertEquals(full, alert.isPresent(), when);
        assertTrue(alert.stream().allMatch(Alerts.Alert::critical));
    }
}
