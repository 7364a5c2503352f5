package telemetry;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Scripted runs whose spans a receiver keeps. */
abstract class SpansLab {
    @TempDir
    Path state;

    OtlpReceiver receiver;

    @BeforeEach
    void start() {
        receiver = OtlpReceiver.start();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    Lab lab() {
        return new Lab(state, receiver.environment(OtlpReceiver.Protocol.GRPC));
    }

    SpanTree tree() {
        return SpanTree.of(receiver.spans());
    }
}
