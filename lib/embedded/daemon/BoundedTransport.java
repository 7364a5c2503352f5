package embedded.daemon;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.vertx.core.spi.transport.Transport;
import java.io.IOException;
import java.util.List;

/**
 * Java's own sockets, as without it, but a connection beyond the bound is closed where it is accepted. Vert.x has no such
 * bound, and its handler of connections is called only when the first bytes of a request have come.
 */
final class BoundedTransport implements io.vertx.core.transport.Transport {
    private final Transport plain = NIO.implementation();
    private final OpenConnections connections;

    BoundedTransport(OpenConnections connections) {
        this.connections = connections;
    }

    @Override
    public String name() {
        return NIO.name();
    }

    @Override
    public boolean available() {
        return NIO.available();
    }

    @Override
    public Throwable unavailabilityCause() {
        return NIO.unavailabilityCause();
    }

    @Override
    public Transport implementation() {
        return new Implementation();
    }

    private final class Listening extends NioServerSocketChannel {
        @Override
        protected int doReadMessages(List<Object> accepted) throws Exception {
            int count;
            try {
                count = super.doReadMessages(accepted);
            } catch (IOException e) {
                // Most likely this process can open no more files. Netty would try again each second, and leave all waiting.
                if (!connections.releaseSpareFile()) {
                    throw e;
                }
                count = super.doReadMessages(accepted);
                if (!connections.takeSpareFile()) {
                    count = refuse(accepted, count);
                    connections.takeSpareFile();
                }
            }
            if (count <= 0) {
                return count;
            }
            return connections.admits((Channel) accepted.get(accepted.size() - 1)) ? count : refuse(accepted, count);
        }

        /** Closes what was just accepted; the selector tells again when more wait. */
        private int refuse(List<Object> accepted, int count) {
            if (count > 0) {
                ((Channel) accepted.remove(accepted.size() - 1)).unsafe().closeForcibly();
            }
            return Math.min(count, 0);
        }
    }

    private final class Implementation implements Transport {
        @Override
        public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
            return domainSocket ? plain.serverChannelFactory(true) : Listening::new;
        }

        @Override
        public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
            return plain.channelFactory(domainSocket);
        }

        @Override
        public IoHandlerFactory ioHandlerFactory() {
            return plain.ioHandlerFactory();
        }

        @Override
        public DatagramChannel datagramChannel() {
            return plain.datagramChannel();
        }

        @Override
        @SuppressWarnings("deprecation") // the interface has it
        public DatagramChannel datagramChannel(InternetProtocolFamily family) {
            return plain.datagramChannel(family);
        }
    }
}
