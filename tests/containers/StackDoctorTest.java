package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code stack doctor} on containers: the canary passes all hops, and a fault is reported at its hop. */
class StackDoctorTest {
    @TempDir Path folder;

    /** State of each hop. */
    private static Map<String, String> states(StackLab.Result result) throws IOException {
        JsonNode report = new ObjectMapper().readTree(result.out());
        Map<String, String> states = new LinkedHashMap<>();
        report.path("hops").forEach(hop -> states.put(hop.path("hop").asText(), hop.path("state").asText()));
        return states;
    }

    @Test
    void followsTheCanaryAndNamesWhatIsBroken() throws IOException {
        try (StackLab lab = StackLab.open(folder)) {
            for (String service : new String[] {"otel-collector", "tempo", "prometheus"}) {
                lab.needsReal(service);
            }
            assertEquals(0, lab.run("up").code());
            lab.run("env").out().lines().map(line -> line.replace("export ", "").split("=", 2))
                    .forEach(variable -> lab.environment.put(variable[0], variable[1]));
            StackLab.Result healthy = lab.run("doctor", "--json");
            assertEquals(0, healthy.code(), healthy::all);
            assertTrue(states(healthy).keySet().containsAll(lab.containers().keySet()), healthy::all);
            assertEquals(Set.of("ok"), Set.copyOf(states(healthy).values()), healthy::all);

            lab.client().killContainerCmd(lab.containers().get("tempo")).exec();
            StackLab.Result broken = lab.run("doctor", "--json");
            assertEquals(1, broken.code(), broken::all);
            Map<String, String> states = states(broken);
            assertEquals("failed", states.get("tempo"), broken::all);
            assertEquals("skipped", states.get("trace in Tempo"), broken::all);
            assertEquals("skipped", states.get("Grafana reads tempo"), broken::all);
            assertEquals("ok", states.get("metric in Prometheus"), broken::all);
            assertTrue(lab.run("doctor").out().matches("(?s).*fix: (jbang )?stack up.*"));

            StackLab.Result fixed = lab.run("doctor", "--fix", "--json");
            assertEquals(0, fixed.code(), fixed::all);
        }
    }
}
