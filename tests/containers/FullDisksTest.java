package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.ExitCode;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Volumes that are really full, of a few megabytes each. Whoever cannot write any more goes on saying that it is ready; {@code
 * status} and {@code doctor} say what is so, and the Collector takes nothing that it cannot keep.
 */
class FullDisksTest {
    /** Usually some 20 s: a rule is evaluated every 5 s, and looks at what was scraped. */
    private static final int PATIENCE_SECONDS = 300;
    private static final int CHUNK = 200_000;

    @TempDir Path folder;
    private final Random random = new Random(1);
    private StackLab lab;

    @BeforeEach
    void open() {
        lab = StackLab.open(folder);
        for (String service : List.of("otel-collector", "tempo", "prometheus")) {
            lab.needsReal(service);
        }
    }

    @AfterEach
    void close() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void tempo() throws InterruptedException {
        lab.smallVolume("tempo", 6 << 10, 10_001);
        assertEquals(0, lab.run("up").code());
        OtlpClient client = new OtlpClient(lab, "full");
        StackLab.Result status = until("tempo", () -> client.spans(List.of(OtlpClient.id(16)), incompressible()));
        assertTrue(status.all().contains("cannot write its data (DiskFull)"), status.all());
        doctorSaysSo("tempo cannot write");
    }

    @Test
    void theCollectorsQueueSoThatItTakesNoMore() throws InterruptedException {
        lab.smallVolume("otel-collector", 4 << 10, 10_001);
        assertEquals(0, lab.run("up").code());
        lab.client().stopContainerCmd(lab.containers().get("tempo")).exec();
        OtlpClient client = new OtlpClient(lab, "full");
        int taken = 0;
        while (taken < 100 && client.spans(List.of(OtlpClient.id(16)), incompressible())) {
            taken++;
        }
        assertTrue(taken > 0 && taken < 100, "it said of " + taken + " requests that it keeps them, with room for some 20");
        StackLab.Result status = until("otel-collector", () -> client.spans(List.of(OtlpClient.id(16)), incompressible()));
        assertTrue(status.all().contains("cannot write its data (DiskFull)"), status.all());
        doctorSaysSo("otel-collector cannot write");
    }

    @Test
    void prometheus() throws InterruptedException {
        lab.smallVolume("prometheus", 3 << 10, 65_534);
        assertEquals(0, lab.run("up").code());
        OtlpClient client = new OtlpClient(lab, "full");
        int[] number = {0};
        StackLab.Result status = until("prometheus", () -> {
            // It writes down each new series with its labels.
            client.counter("full.number" + number[0]++, 1, incompressible());
        });
        doctorSaysSo("prometheus");
        assertTrue(status.all().contains("prometheus"), status.all());
    }

    private void doctorSaysSo(String who) {
        StackLab.Result doctor = lab.run("doctor");
        assertTrue(doctor.code() != 0, doctor.all());
        assertTrue(doctor.all().contains(who), doctor.all());
    }

    /** Does this again and again until {@code status} is no longer content and names the full disk's owner. */
    private StackLab.Result until(String owner, Runnable load) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        StackLab.Result status = lab.run("status");
        while (status.code() != ExitCode.NOT_READY || !status.all().contains(owner + " cannot write")) {
            assertTrue(System.nanoTime() < end, status.all());
            for (int i = 0; i < 4; i++) {
                load.run();
            }
            TimeUnit.MILLISECONDS.sleep(500);
            status = lab.run("status");
        }
        return status;
    }

    private String incompressible() {
        byte[] bytes = new byte[CHUNK * 3 / 4];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
