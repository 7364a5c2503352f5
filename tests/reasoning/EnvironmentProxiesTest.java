package reasoning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which proxy a model is reached through, by the variables that people set. */
class EnvironmentProxiesTest {
    private static String chosen(Map<String, String> environment, String uri) {
        List<Proxy> proxies = new EnvironmentProxies(environment).select(URI.create(uri));
        assertEquals(1, proxies.size());
        SocketAddress address = proxies.get(0).address();
        return address == null ? "none" : ((InetSocketAddress) address).getHostString() + ":" + ((InetSocketAddress) address).getPort();
    }

    @Test
    void theVariableOfTheSchemeIsTakenElseTheOneForAll() {
        Map<String, String> environment = Map.of("HTTPS_PROXY", "http://secure:1", "HTTP_PROXY", "plain:2", "ALL_PROXY", "http://all:3");
        assertEquals("secure:1", chosen(environment, "https://model.example/"));
        assertEquals("plain:2", chosen(environment, "http://model.example/"), "without a scheme of its own");
        assertEquals("all:3", chosen(Map.of("ALL_PROXY", "http://all:3"), "https://model.example/"));
        assertEquals("small:4", chosen(Map.of("HTTPS_PROXY", "http://large:1", "https_proxy", "http://small:4"), "https://model.example/"));
    }

    @ParameterizedTest
    @CsvSource({"localhost", "127.0.0.1", "[::1]"})
    void whatRunsOnThisMachineIsReachedWithoutOne(String host) {
        assertEquals("none", chosen(Map.of("HTTP_PROXY", "http://plain:2"), "http://" + host + ":8080/"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"*; none", "model.example; none", ".example; none", "example; none",
            "other, model.example:443; none",
        "other; plain:2", "del.example; plain:2", "''; plain:2"})
    void hostsThatAreNamedAreReachedWithoutOne(String excluded, String expected) {
        assertEquals(expected, chosen(Map.of("HTTP_PROXY", "http://plain:2", "NO_PROXY", excluded), "http://Model.Example/"));
    }

    @Test
    void withoutVariablesJavasOwnSettingsHold() {
        ProxySelector before = ProxySelector.getDefault();
        try {
            ProxySelector.setDefault(ProxySelector.of(InetSocketAddress.createUnresolved("java", 5)));
            assertEquals("java:5", chosen(Map.of(), "http://model.example/"));
            ProxySelector.setDefault(null);
            assertEquals("none", chosen(Map.of(), "http://model.example/"));
        } finally {
            ProxySelector.setDefault(before);
        }
    }
}
