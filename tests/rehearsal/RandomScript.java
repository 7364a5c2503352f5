package rehearsal;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Scripts whose figures nobody chose. */
public final class RandomScript {
    private RandomScript() {}

    /** One of {@code rounds} rounds with figures drawn by chance; the same seed, the same script. */
    public static RehearsalScript of(long seed, int rounds) {
        Random random = new Random(seed);
        List<RehearsalScript.Round> work = new ArrayList<>();
        List<RehearsalScript.Decision> decisions = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            work.add(new RehearsalScript.Round(random.nextInt(5_000), 1 + random.nextInt(4_000), random.nextInt(100_000),
                    random.nextInt(10_000), BigDecimal.valueOf(random.nextInt(1_000_000), 6)));
            int cached = random.nextInt(8_000);
            decisions.add(new RehearsalScript.Decision(cached + 1 + random.nextInt(8_000), cached, 1 + random.nextInt(500),
                    random.nextInt(1_000)));
        }
        return new RehearsalScript(work, decisions, Duration.ZERO);
    }
}
