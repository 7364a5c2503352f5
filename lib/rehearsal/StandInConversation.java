package rehearsal;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A conversation of a stand-in for an agent, as it is kept in its HOME.
 *
 * @param rounds that ended so far
 * @param sum what they used in all
 */
record StandInConversation(String id, int rounds, RehearsalScript.Round sum) {
    static StandInConversation begin() {
        return new StandInConversation(UUID.randomUUID().toString(), 0, new RehearsalScript.Round(0, 0, 0, 0, BigDecimal.ZERO));
    }

    static boolean exists(String id) {
        return Files.exists(file(id));
    }

    static StandInConversation load(String id) throws IOException {
        String[] kept = Files.readString(file(id)).split(" ");
        return new StandInConversation(id, Integer.parseInt(kept[0]), new RehearsalScript.Round(Long.parseLong(kept[1]),
                Long.parseLong(kept[2]), Long.parseLong(kept[3]), Long.parseLong(kept[4]), new BigDecimal(kept[5])));
    }

    /** It after one more round, kept. */
    StandInConversation after(RehearsalScript.Round round) throws IOException {
        RehearsalScript.Round more = new RehearsalScript.Round(sum.input() + round.input(), sum.output() + round.output(),
                sum.cacheRead() + round.cacheRead(), sum.cacheCreation() + round.cacheCreation(),
                sum.costUsd().add(round.costUsd()));
        Files.createDirectories(file(id).getParent());
        Files.writeString(file(id), (rounds + 1) + " " + more.input() + " " + more.output() + " " + more.cacheRead() + " "
                + more.cacheCreation() + " " + more.costUsd().toPlainString());
        return new StandInConversation(id, rounds + 1, more);
    }

    private static Path file(String id) {
        return Path.of(System.getenv("HOME"), ".worker-stand-in", id);
    }
}
