package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Containers reach programs of the engine's machine by the name that the docs tell, with every engine. */
class HostAddressTest {
    @TempDir Path folder;
    private StackLab lab;

    @AfterEach
    void close() {
        if (lab != null) {
            lab.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"3.4.4, false", "4.3.1, false", "4.6.9, false", "4.7.0, true", "4.10.0, true", "5.0.0-rc1, true", "4.7, true",
        "new, true"})
    void podmanKnowsTheWordFromFourSevenOn(String version, boolean knows) {
        assertEquals(knows, HostAddress.knowsTheWord(version));
    }

    @Test
    void aContainerReachesAServerOfThisMachine() throws IOException {
        lab = StackLab.open(folder);
        try (BridgeServer server = new BridgeServer(lab, exchange -> {
            byte[] said = "from this machine".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, said.length);
            exchange.getResponseBody().write(said);
            exchange.close();
        })) {
            StackLab.Result up = lab.run("up");
            assertEquals(0, up.code(), up::all);
            StackLab.Result fetched = lab.run("exec", "grafana", "wget", "-qO-", "http://" + server.address() + "/");
            if (fetched.code() == 126 || fetched.code() == 127) {
                fetched = lab.run("exec", "grafana", "/bin/busybox", "wget", "-qO-", "http://" + server.address() + "/");
            }
            assertTrue(fetched.out().contains("from this machine"), fetched::all);
        }
    }
}
