package teleapi.sip.transport;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import teleapi.runtime.Loop;
import teleapi.runtime.Stream;
import teleapi.runtime.StreamReceiver;
import teleapi.runtime.Time;
import teleapi.sip.Transport;
import teleapi.sip.message.ParsedMessage;
import teleapi.sip.message.StreamFramer;

/**
 * The TCP connections of a user agent, accepted and opened, by the far end's address.
 *
 * <pre>
 * Thread  the loop that owns the sockets
 * Source  RFC 3261 §18.1.1, §18.3; RFC 5626 §4.4.1 (keep-alive), RFC 5923 (reuse)
 * </pre>
 */
public final class Connections {
    // Owned by the loop that owns the sockets.
    /** Connections at once: beyond it, more would take memory from calls that live. */
    private static final int MOST = 10_000;
    /** From accepting to the first whole message, and from the first byte of a message to its last: slow senders are cut off. */
    private static final long PATIENCE = 10_000_000_000L;
    /** Messages that wait for one connection to open. */
    private static final int MOST_TOKENS = 1_000;

    private static final byte[] PONG = {'\r', '\n'};

    private final Loop<?> loop;
    private final Time time;
    private final Receiver receiver;
    private final Map<InetSocketAddress, Connection> open = new HashMap<>();

    /** Gets what comes in. */
    public interface Receiver {
        void received(ParsedMessage message, Path path);

        /** A connection did not open, or broke before anything came: what was given to it did not arrive. */
        void unreachable(Lost lost);
    }

    /** A message that did not arrive. */
    public record Lost(int worker, String token) {}

    public Connections(Loop<?> loop, Time time, Receiver receiver) {
        this.loop = loop;
        this.time = time;
        this.receiver = receiver;
    }

    /** A connection that the far end opened. */
    public StreamReceiver accepted(Stream stream) {
        Connection connection = new Connection();
        if (open.size() >= MOST) {
            stream.close();
            return connection;
        }
        connection.stream = stream;
        connection.incoming = true;
        open.put(stream.remote(), connection);
        connection.hurry();
        return connection;
    }

    /** Sends over the connection to that address, which is opened if there is none. */
    public void send(InetSocketAddress remote, byte[] bytes, Lost token) {
        Connection connection = open.get(remote);
        if (connection == null) {
            if (open.size() >= MOST) {
                receiver.unreachable(token);
                return;
            }
            connection = new Connection();
            open.put(remote, connection);
            connection.stream = loop.connect(remote, connection);
        }
        connection.send(remote, bytes, token);
    }

    public int size() {
        return open.size();
    }

    /** One connection. */
    private final class Connection implements StreamReceiver {
        // Owned by the loop that owns the sockets.
        private final StreamFramer framer = new StreamFramer();
        private @Nullable Stream stream;
        private Loop.@Nullable Timer deadline;
        private final List<Lost> unheard = new ArrayList<>(1);
        private boolean incoming;
        private boolean heard;

        void send(InetSocketAddress remote, byte[] bytes, Lost token) {
            Stream to = stream;
            if (!heard && !token.token().isEmpty() && unheard.size() < MOST_TOKENS) {
                unheard.add(token);
            }
            if (to == null || !to.send(ByteBuffer.wrap(bytes))) {
                unheard.remove(token);
                open.remove(remote, this);
                receiver.unreachable(token);
            }
        }

        @Override
        public void received(Stream from, ByteBuffer bytes) {
            heard = true;
            unheard.clear();
            Path path = new Path(Transport.TCP, from.remote(), Optional.of(from));
            boolean whole = framer.take(bytes, message -> {
                switch (message) {
                    // RFC 5626 §4.4.1: CRLF CRLF is answered by CRLF
                    case ParsedMessage.KeepAlive _ -> from.send(ByteBuffer.wrap(PONG));
                    case ParsedMessage.Message _, ParsedMessage.Malformed _, ParsedMessage.NotSip _ ->
                        receiver.received(message, path);
                }
            });
            if (!whole) {
                from.close();
            } else if (framer.isInMessage()) {
                hurry();
            } else if (deadline != null) {
                deadline.cancel();
            }
        }

        void hurry() {
            if (deadline == null) {
                deadline = loop.timer(() -> Optional.ofNullable(stream).ifPresent(Stream::close));
            }
            if (!deadline.pending()) {
                deadline.at(time.nanos() + PATIENCE);
            }
        }

        @Override
        public void closed(Stream of) {
            if (deadline != null) {
                deadline.cancel();
            }
            open.remove(of.remote(), this);
            if (!incoming) {
                unheard.forEach(receiver::unreachable);
            }
            unheard.clear();
        }
    }
}
