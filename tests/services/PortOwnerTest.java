package services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortOwnerTest {
    @Test
    void namesTheProcessThatListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            String owner = PortOwner.of(port).orElse("nobody");
            assertTrue(owner.startsWith("the process " + ProcessHandle.current().pid() + " ("), owner);
            assertTrue(owner.contains("java"), owner);
        }
        assertEquals(Optional.empty(), PortOwner.of(port));
    }

    /** Another home's engine, or our own when containers are wanted: a process number alone would not say how to end it. */
    @Test
    void anEmbeddedEngineIsCalledByItsNameAndSaysWhoseItIs() throws Exception {
        String daemon = "embedded.daemon.Daemon";
        Class.forName(daemon, false, getClass().getClassLoader());
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "services.Listening", daemon, "/home/ann/.local/state/agentproxy")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader said = process.inputReader()) {
            int port = Integer.parseInt(said.readLine());
            assertEquals(Optional.of("the embedded engine of stack, process " + process.pid()
                    + ", state in /home/ann/.local/state/agentproxy"), PortOwner.of(port));
            assertTrue(PortOwner.remedy(port).orElseThrow().contains("stack down --engine embedded"));
        } finally {
            process.destroyForcibly();
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertEquals(Optional.empty(), PortOwner.remedy(socket.getLocalPort()));
        }
    }

    /** Its number helps nobody: it holds the port for a container, and ends with that. */
    @ParameterizedTest
    @ValueSource(strings = {"/usr/sbin/docker-proxy -proto tcp -host-port 4317", "/usr/bin/conmon --api-version 1",
        "/usr/lib/podman/rootlessport", "rootlesskit --state-dir /run"})
    void whoPublishesAContainersPortIsNotTakenForWhoHasIt(String commandLine) {
        String said = PortOwner.described(List.of(commandLine.split(" ")));
        assertTrue(said.startsWith("a container (published by "), said);
    }

    /** As the embedded engine meets it where the stack of containers is up. */
    @Test
    void aContainersPortSaysHowToEndIt() throws Exception {
        Process process = new ProcessBuilder("bash", "-c", "exec -a docker-proxy \"$0\" \"$@\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
                "services.Listening").redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader said = process.inputReader()) {
            int port = Integer.parseInt(said.readLine());
            assertEquals(Optional.of("a container (published by docker-proxy)"), PortOwner.of(port));
            String remedy = PortOwner.remedy(port).orElseThrow();
            assertTrue(remedy.contains("stack down --engine docker") && remedy.contains("publish=" + port), remedy);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Such as a run of tests that was told the name of one. */
    @Test
    void aClassWhoseNameBeginsLikeTheEnginesIsNotTheEngine() {
        assertEquals("java tests embedded.daemon.DaemonTroubleTest more",
                PortOwner.described(List.of("java", "tests", "embedded.daemon.DaemonTroubleTest", "more")));
    }
}
