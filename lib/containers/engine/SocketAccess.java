package containers.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/** Why the user may not open a socket, and who may. */
final class SocketAccess {
    private static final String ROOT = "root";

    private SocketAccess() {}

    /** For a socket that the operating system has refused. */
    static ConnectProblem denied(Path socket) {
        String user = System.getProperty("user.name");
        try {
            PosixFileAttributes file = Files.readAttributes(socket, PosixFileAttributes.class);
            String owner = file.owner().getName();
            String group = file.group().getName();
            boolean groupMay = file.permissions().contains(PosixFilePermission.GROUP_WRITE) && !group.equals(ROOT);
            return new ConnectProblem("permission denied: the socket belongs to " + owner + " and the group " + group + " ("
                    + PosixFilePermissions.toString(file.permissions()) + "), you are " + user,
                    (groupMay ? "join its group: sudo usermod -aG " + group + " $USER, then log in again"
                            : "only " + owner + " may use it. To let a group in: sudo chgrp docker " + socket
                                    + " && sudo chmod 660 " + socket
                                    + " && sudo usermod -aG docker $USER, then log in again")
                            + "; or use an engine of your own (Podman, rootless Docker); or --engine embedded");
        } catch (IOException | UnsupportedOperationException e) {
            return new ConnectProblem("permission denied: " + user + " may not enter its folder",
                    "use an engine of your own (Podman, rootless Docker), or --engine embedded");
        }
    }
}
