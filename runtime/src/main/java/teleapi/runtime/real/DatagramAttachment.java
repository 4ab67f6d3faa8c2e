package teleapi.runtime.real;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import teleapi.runtime.DatagramReceiver;

/** A port's place on a loop. */
final class DatagramAttachment implements Attached {
    // Owner: the loop's thread.
    /** So that a flooded port does not keep messages and timers waiting. */
    private static final int PER_TURN = 64;

    private final RealLoop<?> loop;
    private final RealDatagramPort port;
    private final DatagramReceiver receiver;

    DatagramAttachment(RealLoop<?> loop, RealDatagramPort port, DatagramReceiver receiver) {
        this.loop = loop;
        this.port = port;
        this.receiver = receiver;
    }

    RealLoop<?> loop() {
        return loop;
    }

    @Override
    public void ready() {
        ByteBuffer buffer = loop.buffer();
        for (int i = 0; i < PER_TURN && port.attached(this); i++) {
            try {
                buffer.clear();
                // The JDK keeps the last sender's address: a steady sender costs no allocation.
                SocketAddress from = port.channel().receive(buffer);
                if (from == null) {
                    return;
                }
                buffer.flip();
                deliver(buffer, (InetSocketAddress) from);
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // RFC 1122 §4.1.3.3: an ICMP error of an earlier datagram may be told here; the port lives on, and what
                // is lost
                // is lost like any datagram.
            }
        }
    }

    @Override
    public void end() {
        if (port.attached(this)) {
            port.close();
        }
    }

    private void deliver(ByteBuffer buffer, InetSocketAddress from) {
        try {
            receiver.received(port, buffer, from);
        } catch (Throwable failure) {
            loop.failed("receiver of datagrams", failure);
        }
    }
}
