package services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PartsTest {
    private final Service service = TestServices.service("tempo");

    @Test
    void theSameServiceHasTheSameParts() {
        assertEquals(Parts.of(service), Parts.of(TestServices.service("tempo")));
        assertEquals(Parts.hash(Parts.of(service)), Parts.hash(Parts.of(TestServices.service("tempo"))));
    }

    @Test
    void everyPartOfAServiceCounts() {
        Map<String, String> parts = Parts.of(service);
        assertEquals(List.of("command", "environment", "file /etc/tempo/tempo.yaml", "image", "maker", "memory", "ports",
                "user",
                "volume"), List.copyOf(parts.keySet()));
        assertNotEquals(Parts.hash(parts), Parts.hash(Parts.of(TestServices.withFile(service, "b: 1"))));
    }

    @Test
    void differencesReadAsCauses() {
        Map<String, String> before = Parts.of(service);
        Map<String, String> after = new TreeMap<>(before);
        after.put("memory", "x");
        after.remove("file /etc/tempo/tempo.yaml");
        after.put("file /etc/tempo/own.yaml", "y");
        assertEquals(List.of("own.yaml is new", "tempo.yaml is gone", "memory changed"), Parts.differences(before, after));
    }
}
