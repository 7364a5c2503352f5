package containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With TLS, a closed connection means a refused certificate; an engine that cannot be reached refuses nothing. */
class ConnectProblemTest {
    @TempDir Path folder;
    private EngineAddresses.Candidate secured;

    @BeforeEach
    void certificates() throws Exception {
        Path client = Certificates.authority(folder.resolve("authority")).client();
        secured = new EngineAddresses.Candidate(URI.create("tcp://192.0.2.7:2376"),
                Optional.of(TlsMaterial.in(client, true)), Optional.empty(), true);
    }

    static Stream<IOException> unreachable() {
        return Stream.of(new NoRouteToHostException("No route to host"), new ConnectException("Connection refused"),
                new PortUnreachableException("ICMP Port Unreachable"), new SocketException("Network is unreachable"));
    }

    @ParameterizedTest
    @MethodSource("unreachable")
    void whoCannotBeReachedRefusesNoCertificate(IOException problem) {
        assertEquals(new ConnectProblem(problem.getMessage(), ""),
                ConnectProblem.of(secured, new RuntimeException(problem)));
    }

    static Stream<IOException> hungUp() {
        return Stream.of(new SocketException("Connection reset"), new IOException("Connection reset by peer"),
                new SocketException("Broken pipe (Write failed)"), new IOException("Broken pipe"));
    }

    @ParameterizedTest
    @MethodSource("hungUp")
    void whoHangsUpMayHaveRefusedOurs(IOException problem) {
        assertTrue(ConnectProblem.of(secured, problem).text().startsWith("it refuses the client certificate"));
    }

    @Test
    void withoutTlsThereIsNoCertificateToRefuse() {
        EngineAddresses.Candidate plain = new EngineAddresses.Candidate(secured.address(), Optional.empty(),
                Optional.empty(), true);
        assertFalse(ConnectProblem.of(plain, new SocketException("Connection reset")).text().contains("certificate"));
    }
}
