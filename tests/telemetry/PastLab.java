package telemetry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are over, and what is sent of them later. */
abstract class PastLab {
    @TempDir
    Path state;

    Lab lab(OtlpReceiver receiver) {
        return new Lab(state, receiver.environment(OtlpReceiver.Protocol.HTTP));
    }

    static List<PastTelemetry.Result> sendWhole(Lab lab, Path folder) {
        return PastTelemetry.send(lab.environment(), PastTelemetry.jobs(lab.environment(), List.of(folder), true),
                new PastTelemetry.Options(true, false), Duration.ofSeconds(30), result -> {});
    }
}
