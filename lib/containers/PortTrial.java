package containers;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import services.Service;

/** Whether somebody of this machine holds a port, found out by trying to have it. */
enum PortTrial {
    FREE,
    TAKEN,
    /** It cannot be said: the address may be another machine's, or the port one that only a privileged user may have. */
    UNKNOWN;

    /**
     * Tries.
     *
     * @param reuse as engines bind, whom connections of a stack that has just gone are no obstacle; without it a port that
     *              is held and not listened on is taken too
     */
    static PortTrial of(Service.Port port, boolean reuse) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(reuse);
            socket.bind(new InetSocketAddress(InetAddress.getByName(port.bind()), port.host()));
            return FREE;
        } catch (BindException e) {
            return String.valueOf(e.getMessage()).contains("already in use") ? TAKEN : UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
