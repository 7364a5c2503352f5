package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.ExitCode;
import contract.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import services.Catalogue;
import services.Service;
import services.TestOptions;

/** The machines that can reach the published ports, for every setting. */
class ReachCheckTest {
    private static final String PORT = "AGENTPROXY_STACK_PORT_";

    @Test
    void whatIsOnLoopbackNeedsNoWord() {
        assertEquals(List.of(), warnings("127.0.0.1", Map.of(PORT + "TEMPO", "127.0.0.2:3200")));
    }

    @Test
    void aPortThatIsOpenedByItselfIsToldToo() {
        List<String> warnings = warnings("127.0.0.1", Map.of(PORT + "GRAFANA", "0.0.0.0:3000"));
        assertEquals(List.of("ports are open on 0.0.0.0: everybody who reaches this machine can read and change everything,"
                + " because Grafana has no login"), warnings);
        assertEquals(List.of("ports of tempo are open on 192.0.2.7: everybody who reaches this machine can read and change the data of"
                + " tempo, which has no login"), warnings("127.0.0.1", Map.of(PORT + "TEMPO", "192.0.2.7:3200")));
        assertEquals(List.of("ports of otel-collector are open on ::: everybody who reaches this machine can read all metrics"
                + " without a login"), warnings("127.0.0.1", Map.of(PORT + "METRICS", "[::]:8889")));
    }

    @Test
    void eachAddressIsToldOnce() {
        List<String> warnings = warnings("192.0.2.7", Map.of(PORT + "GRAFANA", "192.0.2.8:3000", PORT + "TEMPO",
                "127.0.0.1:3200"));
        assertEquals(2, warnings.size(), warnings::toString);
        assertTrue(warnings.get(0).contains("192.0.2.7") && warnings.get(1).contains("192.0.2.8"), warnings::toString);
    }

    @Test
    void whatIsOnLoopbackOfAnotherMachineIsRefused() {
        Failure all = ReachCheck.unreachable("192.0.2.7", services("127.0.0.1", Map.of())).orElseThrow();
        assertEquals(ExitCode.USAGE, all.exitCode());
        assertEquals("the engine runs on 192.0.2.7: ports on its 127.0.0.1 cannot be reached from here", all.getMessage());
        assertTrue(all.hint().endsWith("--bind 192.0.2.7"), all.hint());
        Failure one = ReachCheck.unreachable("192.0.2.7", services("192.0.2.7", Map.of(PORT + "TEMPO", "127.0.0.1:3200")))
                .orElseThrow();
        assertEquals("the engine runs on 192.0.2.7: port.tempo on its 127.0.0.1 cannot be reached from here",
                one.getMessage());
        assertTrue(one.hint().contains("port.NAME=ADDRESS:PORT"), one.hint());
        assertEquals(Optional.empty(), ReachCheck.unreachable("192.0.2.7", services("192.0.2.7", Map.of())));
    }

    private static List<String> warnings(String bind, Map<String, String> environment) {
        return ReachCheck.warnings("this machine", services(bind, environment));
    }

    private static List<Service> services(String bind, Map<String, String> environment) {
        return Catalogue.services(TestOptions.builder().bind(bind).build(), environment);
    }
}
