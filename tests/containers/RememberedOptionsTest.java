package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import services.StackOptions;
import services.TestOptions;

class RememberedOptionsTest {
    private final StackOptions chosen = TestOptions.builder().bind("0.0.0.0").ports(Map.of("grafana", 3001))
            .images(Map.of("tempo", "my/tempo:1")).configDir(Optional.of(Path.of("/a folder/x")))
            .retention(Optional.of(Duration.ofDays(30))).build();

    @Test
    void whatWasChosenComesBack() {
        assertEquals(chosen, RememberedOptions.merge(StackOptions.defaults(), RememberedOptions.encode(chosen)));
    }

    @Test
    void whatIsSaidNowWins() {
        StackOptions now = TestOptions.builder().ports(Map.of("grafana", 4000))
                .retention(Optional.of(Duration.ofDays(1))).build();
        StackOptions merged = RememberedOptions.merge(now, RememberedOptions.encode(chosen));
        assertEquals(Map.of("grafana", 4000), merged.lasting().ports());
        assertEquals(Map.of("tempo", "my/tempo:1"), merged.lasting().images());
        assertEquals(Optional.of(Duration.ofDays(1)), merged.lasting().retention());
    }

    @Test
    void nothingRememberedIsNoProblem() {
        assertEquals(StackOptions.defaults(), RememberedOptions.merge(StackOptions.defaults(), ""));
    }
}
