package embedded.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import services.StackOptions;
import services.StackOptions.Senders;

/** The allowed senders: options win over the environment, which wins over the last start; {@code up} forgets the last start. */
class SendersTest {
    private static final Path DATA = Path.of("data");
    private static final Map<String, String> VARIABLES = Map.of("AGENTPROXY_STACK_ALLOWED_HOSTS", "otel.internal, proxy",
            "AGENTPROXY_STACK_ALLOWED_ORIGINS", "https://app.example");
    private static final Senders TYPED = new Senders(List.of("host.docker.internal"), List.of());

    @Test
    void theEnvironmentIsTakenAndTypedNamesBeatIt() {
        assertEquals(new Senders(List.of("otel.internal", "proxy"), List.of("https://app.example")),
                DaemonSettings.of(StackOptions.defaults(), DATA, VARIABLES).senders());
        assertEquals(new Senders(List.of("host.docker.internal"), List.of("https://app.example")),
                DaemonSettings.of(StackOptions.defaults().withSenders(TYPED), DATA, VARIABLES).senders());
    }

    @Test
    void aRestartKeepsThemAndAnUpBeginsAnew() {
        DaemonSettings up = DaemonSettings.of(StackOptions.defaults().withSenders(TYPED), DATA, Map.of());
        assertEquals(TYPED, DaemonSettings.again(StackOptions.defaults(), up, Map.of()).senders());
        DaemonSettings without = DaemonSettings.of(StackOptions.defaults(), DATA, Map.of());
        assertEquals(Senders.NONE, without.senders());
        assertFalse(up.servesLike(without), "another up without them starts the engine again");
    }
}
