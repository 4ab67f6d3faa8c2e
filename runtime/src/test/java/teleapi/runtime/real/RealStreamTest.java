package teleapi.runtime.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import teleapi.runtime.Loop;
import teleapi.runtime.Stream;
import teleapi.runtime.StreamListener;
import teleapi.runtime.StreamReceiver;

@Timeout(30)
class RealStreamTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    private final RealWorld world = RealWorld.create();

    /** Writes down what it is told. */
    private static final class Notes implements StreamReceiver {
        final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
        final LinkedBlockingQueue<Stream> closed = new LinkedBlockingQueue<>();

        @Override
        public void received(Stream stream, ByteBuffer bytes) {
            received.add(text(bytes));
        }

        @Override
        public void closed(Stream stream) {
            closed.add(stream);
        }

        String characters(int count) throws InterruptedException {
            StringBuilder all = new StringBuilder();
            while (all.length() < count) {
                all.append(received.poll(10, TimeUnit.SECONDS));
            }
            return all.toString();
        }

        Stream end() throws InterruptedException {
            return Objects.requireNonNull(closed.poll(10, TimeUnit.SECONDS), "not told closed");
        }
    }

    private static final class Echo implements StreamReceiver {
        @Override
        public void received(Stream stream, ByteBuffer bytes) {
            stream.send(bytes);
        }

        @Override
        public void closed(Stream stream) {}
    }

    @Test
    void bytesSentBeforeTheStreamIsOpenComeBackAndBothEndsAreTold() throws Exception {
        // Rule: bytes sent before it is open are kept (Loop.connect); closed is told once to each side
        // (StreamReceiver).
        Loop<String> loop = started("loop");
        Notes server = new Notes();
        StreamListener listener = world.network().bindStream(ANY_PORT);
        loop.listen(listener, stream -> {
            stream.send(bytes("hello "));
            return server;
        });
        Notes client = new Notes();
        Stream stream = loop.connect(listener.local(), client);
        ByteBuffer payload = bytes("INVITE");
        assertTrue(stream.send(payload));
        assertEquals(6, payload.remaining());
        assertEquals("INVITE", server.characters(6));
        assertEquals("hello ", client.characters(6));
        assertEquals(listener.local(), stream.remote());
        assertEquals(InetAddress.ofLiteral("127.0.0.1"), stream.local().getAddress());
        assertEquals(2, world.live().streams());
        stream.close();
        stream.close();
        assertEquals(stream, client.end());
        assertEquals(stream.local(), server.end().remote());
        assertFalse(stream.send(bytes("late")));
        listener.close();
        loop.close();
        Eventually.holds(() -> world.live().nothing());
        assertNull(client.closed.poll());
        assertNull(server.closed.poll());
        assertEquals(0, world.failures());
    }

    @Test
    void aMegabyteIsEchoedInOrderAcrossTwoLoops() throws Exception {
        // Rule: a stream keeps order also when the system takes only part of what is sent (RFC 9293 §3.1,
        // RealStream.flush).
        Loop<String> one = started("one");
        Loop<String> two = started("two");
        StreamListener listener = world.network().bindStream(ANY_PORT);
        two.listen(listener, stream -> new Echo());
        Notes client = new Notes();
        Stream stream = one.connect(listener.local(), client);
        StringBuilder expected = new StringBuilder();
        StringBuilder got = new StringBuilder();
        for (int i = 0; i < 64; i++) {
            String part = (char) ('A' + i % 26) + "-".repeat(16_383);
            expected.append(part);
            assertTrue(stream.send(bytes(part)));
            if (i % 16 == 15) {
                got.append(client.characters(16 * 16_384));
            }
        }
        assertEquals(expected.toString(), got.toString());
        one.close();
        two.close();
        Eventually.holds(() -> world.live().nothing());
    }

    @Test
    void aRefusedConnectionIsToldAsClosed() throws Exception {
        // Rule: a failure to open is told by closed (Loop.connect), after connect has returned, also on the loop's own
        // thread.
        Loop<Runnable> loop = world.loop("loop", 10);
        loop.start(Runnable::run);
        StreamListener listener = world.network().bindStream(ANY_PORT);
        listener.close();
        Notes refused = new Notes();
        Stream stream = loop.connect(listener.local(), refused);
        assertEquals(stream, refused.end());
        Notes unresolved = new Notes();
        LinkedBlockingQueue<String> order = new LinkedBlockingQueue<>();
        loop.post(() -> {
            loop.connect(InetSocketAddress.createUnresolved("nowhere.invalid", 5060), unresolved);
            order.add(unresolved.closed.isEmpty() ? "not yet told" : "told too early");
        });
        assertEquals("not yet told", order.poll(10, TimeUnit.SECONDS));
        unresolved.end();
        assertEquals(0, world.live().streams());
        loop.close();
        Eventually.holds(() -> world.live().nothing());
        assertEquals(0, world.failures());
    }

    @Test
    void aPeerThatDoesNotReadIsCutOff() throws Exception {
        // Rule: send is false and the stream closed when more than 1 MiB waits (Stream, "Errors").
        Loop<String> loop = started("loop");
        try (ServerSocket lazy = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Notes client = new Notes();
            Stream stream = loop.connect((InetSocketAddress) lazy.getLocalSocketAddress(), client);
            lazy.setSoTimeout(10_000);
            try (Socket peer = lazy.accept()) {
                ByteBuffer part = ByteBuffer.allocate(65_536);
                int parts = 0;
                while (stream.send(part) && parts < 10_000) {
                    parts++;
                }
                assertTrue(parts >= 16 && parts < 10_000, "parts taken: " + parts);
                assertTrue(peer.isConnected());
                assertEquals(stream, client.end());
                assertFalse(stream.send(bytes("x")));
            }
        }
        loop.close();
        Eventually.holds(() -> world.live().nothing());
    }

    @Test
    void whatWasSentBeforeTheCloseStillArrives() throws Exception {
        // Rule: send answered true, so the bytes go out before the end (RealStream, lingering). On the loop's own
        // thread the stream
        // cannot be open yet, so that all of them wait when it is closed.
        Loop<Runnable> loop = world.loop("loop", 10);
        loop.start(Runnable::run);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Notes client = new Notes();
            LinkedBlockingQueue<Boolean> answers = new LinkedBlockingQueue<>();
            loop.post(() -> {
                Stream stream = loop.connect((InetSocketAddress) server.getLocalSocketAddress(), client);
                for (int i = 0; i < 15; i++) {
                    answers.add(stream.send(ByteBuffer.allocate(65_536)));
                }
                stream.close();
                answers.add(stream.send(bytes("late")));
            });
            for (int i = 0; i < 15; i++) {
                assertEquals(true, answers.poll(10, TimeUnit.SECONDS));
            }
            assertEquals(false, answers.poll(10, TimeUnit.SECONDS));
            server.setSoTimeout(10_000);
            try (Socket peer = server.accept()) {
                peer.setSoTimeout(10_000);
                assertEquals(15 * 65_536, peer.getInputStream().readAllBytes().length);
            }
            client.end();
        }
        loop.close();
        Eventually.holds(() -> world.live().nothing());
    }

    @Test
    void anExceptionInAReceiverOrAcceptorHurtsNobodyElse() throws Exception {
        // Rule: an exception that leaves a receiver is logged and counted; the loop goes on (Loop, "Errors").
        Loop<String> loop = started("loop");
        StreamListener listener = world.network().bindStream(ANY_PORT);
        LinkedBlockingQueue<String> accepts = new LinkedBlockingQueue<>();
        loop.listen(listener, stream -> {
            accepts.add("accepted");
            if (accepts.size() == 1) {
                throw new IllegalStateException("on purpose");
            }
            return new StreamReceiver() {
                @Override
                public void received(Stream from, ByteBuffer bytes) {
                    if (text(bytes).equals("bad")) {
                        from.send(bytes("-"));
                        throw new IllegalStateException("on purpose");
                    }
                    from.send(bytes("+"));
                }

                @Override
                public void closed(Stream from) {
                    throw new IllegalStateException("on purpose");
                }
            };
        });
        Notes first = new Notes();
        loop.connect(listener.local(), first);
        first.end();
        Notes second = new Notes();
        Stream stream = loop.connect(listener.local(), second);
        stream.send(bytes("bad"));
        assertEquals("-", second.characters(1));
        stream.send(bytes("good"));
        assertEquals("+", second.characters(1));
        loop.close();
        Eventually.holds(() -> world.live().nothing());
        assertEquals(3, world.failures());
    }

    @Test
    void theLoopsEndClosesAndTellsEveryStream() throws Exception {
        // Rule: close closes attached ports, listeners and streams (Loop.close); the end is told once also then.
        Loop<String> loop = started("loop");
        StreamListener listener = world.network().bindStream(ANY_PORT);
        Notes server = new Notes();
        loop.listen(listener, stream -> server);
        Notes client = new Notes();
        for (int i = 0; i < 10; i++) {
            loop.connect(listener.local(), client).send(bytes("x"));
        }
        server.characters(10);
        loop.close();
        Eventually.holds(() -> world.live().nothing());
        assertEquals(10, client.closed.size());
        assertEquals(10, server.closed.size());
        Stream late = loop.connect(listener.local(), client);
        assertFalse(late.send(bytes("x")));
        assertTrue(world.live().nothing());
    }

    private Loop<String> started(String name) {
        Loop<String> loop = world.loop(name, 10);
        loop.start(message -> {});
        return loop;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
