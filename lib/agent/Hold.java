package agent;

import java.time.Instant;
import java.util.Optional;

/**
 * Nothing goes on until a person acts or until a time: an account that is used up, a login that is missing. Another round would
 * end the same way.
 *
 * @param until when it goes on by itself; empty when a person must act
 * @param action what the person must do, as a sentence for a hint; possibly empty when waiting is all
 */
public record Hold(Optional<Instant> until, String action) {
    public static Hold until(Instant time) {
        return new Hold(Optional.of(time), "");
    }

    public static Hold action(String what) {
        return new Hold(Optional.empty(), what);
    }
}
