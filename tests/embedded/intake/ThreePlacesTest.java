package embedded.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import embedded.daemon.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import runner.Figures;

/**
 * Random requests of all kinds, by the SDKs of other languages: what was sent is what the page's API shows and what Prometheus,
 * where it is installed, answers. A few here; a thousand in {@code make bench ONLY=places}.
 */
class ThreePlacesTest {
    private static final int FEW = 6;
    private static final int MANY = 50;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void whatWasSentIsTheSameEverywhere(ForeignSdk sdk) throws Exception {
        assumeTrue(sdk.missing().isEmpty(), () -> sdk + ": " + sdk.missing().get());
        long seed = seed();
        ThreePlaces places = compare(List.of(sdk), folder, seed, FEW, Scraper.program());
        assertEquals(List.of(), places.differences(), "seed " + seed);
        assertTrue(places.compared() > FEW, places.compared() + " compared");
    }

    private static long seed() {
        return Optional.ofNullable(System.getProperty("seed")).map(Long::parseLong).orElseGet(() -> System.nanoTime() & 0xffff);
    }

    private static ThreePlaces compare(List<ForeignSdk> sdks, Path folder, long seed, int flushes, Optional<Path> prometheus)
            throws Exception {
        try (Running engine = Running.in(folder.resolve("store"))) {
            ThreePlaces page = new ThreePlaces(engine, Optional.empty());
            Optional<Scraper> scraper = prometheus.isEmpty() ? Optional.empty()
                    : Optional.of(Scraper.start(prometheus.get(), folder, page.configuration()));
            try {
                ThreePlaces places = new ThreePlaces(engine, scraper.map(Scraper::uri));
                for (ForeignSdk sdk : sdks) {
                    String sent = sdk.send(engine, seed, flushes);
                    if (scraper.isPresent()) {
                        scraper.get().awaitScrapeAfter(Instant.now());
                    }
                    places.compare(sent);
                }
                return places;
            } finally {
                if (scraper.isPresent()) {
                    scraper.get().close();
                }
            }
        }
    }

    /** A thousand requests and more, and what differs. */
    static void bench(Figures figures) throws Exception {
        figures.table("Equal in three places: what SDKs sent, the page's API, Prometheus' answer");
        long seed = seed();
        int requests = 0;
        int compared = 0;
        int different = 0;
        for (ForeignSdk sdk : ForeignSdk.values()) {
            if (sdk.missing().isPresent()) {
                figures.note("skipped: " + sdk + ": " + sdk.missing().get());
                continue;
            }
            ThreePlaces places = compare(List.of(sdk), Files.createTempDirectory("places"), seed, MANY, Scraper.program());
            figures.row(sdk + ": requests, compared, different", 3 * MANY + ", " + places.compared() + ", "
                    + places.differences().size(), "0 different");
            places.differences().stream().limit(20).forEach(figures::note);
            requests += 3 * MANY;
            compared += places.compared();
            different += places.differences().size();
        }
        figures.row("all (seed " + seed + (Scraper.program().isPresent() ? ")" : ", without Prometheus: not installed)"),
                requests + ", " + compared + ", " + different, "0 different");
        if (different > 0) {
            throw new IllegalStateException("not the same everywhere");
        }
    }
}
