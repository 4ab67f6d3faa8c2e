package teleapi.runtime.real;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import teleapi.runtime.Stream;

/** What {@link RealLoop#connect} gives when the system has no socket left; its end is told like that of any stream. */
record UnopenedStream(InetSocketAddress remote) implements Stream {
    private static final InetSocketAddress NOWHERE = new InetSocketAddress(0);

    @Override
    public InetSocketAddress local() {
        return NOWHERE;
    }

    @Override
    public boolean send(ByteBuffer bytes) {
        return false;
    }

    @Override
    public void close() {}
}
