package embedded.daemon;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.function.LongSupplier;

/** How a connection stands: whether its other end waits for an answer, and since when. Written by its event loop, read by any. */
final class ConnectionState extends ChannelDuplexHandler {
    private final LongSupplier clock;
    private volatile State state;

    /** @param spoke whether a byte ever came; since: nanoseconds of the clock */
    private record State(boolean spoke, boolean asks, long since) {}

    /** @param clock nanoseconds */
    ConnectionState(LongSupplier clock) {
        this.clock = clock;
        state = new State(false, false, clock.getAsLong());
    }

    /** A request has begun and nothing of an answer was written. */
    boolean asks() {
        return state.asks;
    }

    /** No byte ever came. */
    boolean isSilent() {
        return !state.spoke;
    }

    /** Nanoseconds since the request began, or since something was written last, or since it was opened. */
    long age() {
        return clock.getAsLong() - state.since;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!state.asks) {
            state = new State(true, true, clock.getAsLong());
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        state = new State(state.spoke, false, clock.getAsLong());
        context.write(message, promise);
    }
}
