package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.ExitCode;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runner.Ordinary;

/** The operating system does not let this user open the engine's socket. */
class PermissionTest {
    @TempDir Path folder;

    @Test
    void aSocketOfAnotherUser() throws Exception {
        StackLab.Result result = upWith("rw-------");
        assertEquals(ExitCode.NO_ENGINE, result.code(), result::all);
        assertTrue(result.err().contains("engine.sock: permission denied: the socket belongs to "), result::all);
        assertTrue(result.err().contains("(" + (Ordinary.root() ? "rw-------" : "---------") + ")"), result::all);
        assertTrue(result.err().contains("To let a group in: sudo chgrp docker"), result::all);
    }

    @Test
    void aSocketOfAGroupThatOneCanJoin() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(Ordinary.root(), "only root can give a socket to another group");
        StackLab.Result result = upWith("rw-rw----");
        assertEquals(ExitCode.NO_ENGINE, result.code(), result::all);
        assertTrue(result.err().contains("belongs to nobody and the group daemon (rw-rw----)"), result::all);
        assertTrue(result.err().contains("sudo usermod -aG daemon $USER, then log in again"), result::all);
        assertTrue(result.err().contains("--engine embedded"), result::all);
    }

    @Test
    void aSocketInAFolderThatOneMayNotEnter() throws Exception {
        List<String> prefix = Ordinary.prefix();
        Path inside = Files.createDirectory(folder.resolve("locked"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(inside.resolve("engine.sock")));
            Files.setPosixFilePermissions(inside, PosixFilePermissions.fromString("---------"));
            StackLab.Result result = up(prefix, inside.resolve("engine.sock"));
            Files.setPosixFilePermissions(inside, PosixFilePermissions.fromString("rwx------"));
            assertEquals(ExitCode.NO_ENGINE, result.code(), result::all);
            assertTrue(result.err().contains("may not enter its folder"), result::all);
        }
    }

    /** With a socket that answers nobody, and that another user owns where we can have that. */
    private StackLab.Result upWith(String permissions) throws Exception {
        List<String> prefix = Ordinary.prefix();
        Path socket = folder.resolve("engine.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            if (Ordinary.root()) {
                PosixFileAttributeView view = Files.getFileAttributeView(socket, PosixFileAttributeView.class);
                view.setGroup(socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName("daemon"));
                view.setPermissions(PosixFilePermissions.fromString(permissions));
                view.setOwner(socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
            } else {
                Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("---------"));
            }
            return up(prefix, socket);
        }
    }

    private StackLab.Result up(List<String> prefix, Path socket) throws Exception {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(ProcessHandle.current().info().command().orElse("java"), "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), "containers.StackMain", "up", "--engine", "docker"));
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("HOME", folder.toString(), "PATH", System.getenv().getOrDefault("PATH", ""),
                "DOCKER_HOST", "unix://" + socket, "XDG_STATE_HOME", folder.resolve("state").toString()));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new StackLab.Result(process.waitFor(), out, Files.readString(err));
    }
}
