package teleapi.runtime.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.runtime.Loop;
import teleapi.runtime.Stream;
import teleapi.runtime.StreamListener;
import teleapi.runtime.StreamReceiver;

class StreamsTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.2"), 5060);

    private final SimulatedWorld world = new SimulatedWorld(42);
    private final Loop<Runnable> server = world.loop("server", 10);
    private final Loop<Runnable> client = world.loop("client", 10);
    private final List<String> seen = new ArrayList<>();
    private final List<Stream> accepted = new ArrayList<>();

    @AfterEach
    void closeWorld() {
        world.close();
    }

    @Test
    void whatIsSentBeforeTheStreamIsOpenArrives() throws IOException {
        // Loop.connect: bytes sent before it is open are kept
        listen();
        Stream stream = client.connect(SERVER, noting("client"));
        assertTrue(send(stream, "hello"));
        assertEquals(0, stream.local().getPort());
        run();
        assertEquals(List.of("accepted", "server hello"), seen);
        assertEquals(stream.local(), accepted.getFirst().remote());
        assertEquals(SERVER, stream.remote());
        assertEquals(Duration.ofMillis(3).toNanos(), world.time().nanos());
    }

    @Test
    void bytesKeepTheirOrderHoweverTheyAreSplitAndJoined() throws IOException {
        // TCP is a stream of bytes, not of messages
        world.weather(Weather.FAIR.withSplitting(0.7));
        listen();
        Stream stream = client.connect(SERVER, noting("client"));
        var all = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            send(stream, "message " + i + ";");
            all.append("message ").append(i).append(';');
        }
        run();
        List<String> reads = seen.subList(1, seen.size());
        assertEquals(
                all.toString(),
                String.join(
                        "",
                        reads.stream()
                                .map(read -> read.substring("server ".length()))
                                .toList()));
        assertTrue(reads.size() > 1 && reads.size() != 40, () -> "reads: " + reads);
    }

    @Test
    void closingIsToldToBothAfterTheLastByte() throws IOException {
        // StreamReceiver.closed: told once, by either side
        listen();
        Stream stream = client.connect(SERVER, noting("client"));
        run();
        send(accepted.getFirst(), "last words");
        accepted.getFirst().close();
        assertFalse(send(accepted.getFirst(), "more"));
        run();
        assertEquals(List.of("accepted", "server closed", "client last words", "client closed"), seen);
        assertFalse(send(stream, "too late"));
        assertEquals(List.of(), world.live().streams());
    }

    @Test
    void aConnectionThatNobodyAcceptsIsToldAsClosed() {
        // Loop.connect: a failure is told by closed
        List<String> wire = new ArrayList<>();
        world.onStream(passage -> wire.add(passage.kind().name()));
        client.connect(SERVER, noting("client"));
        run();
        assertEquals(List.of("client closed"), seen);
        assertEquals(List.of("REFUSED"), wire);
    }

    @Test
    void aConnectionWaitsForALoopThatAccepts() throws IOException {
        // StreamListener: bound and listening before somebody accepts
        StreamListener listener = world.network().bindStream(SERVER);
        send(client.connect(SERVER, noting("client")), "early");
        client.start(Runnable::run);
        world.run();
        assertEquals(List.of(), seen);
        server.listen(listener, this::accept);
        server.start(Runnable::run);
        world.run();
        assertEquals(List.of("accepted", "server early"), seen);
    }

    @Test
    void closingTheLoopClosesItsStreamsAndListeners() throws IOException {
        // Loop.close: closes attached ports, listeners and streams
        listen();
        client.connect(SERVER, noting("client"));
        run();
        assertEquals(2, world.live().streams().size());
        server.close();
        world.run();
        assertEquals(List.of("accepted", "server closed", "client closed"), seen);
        client.close();
        world.run();
        assertTrue(world.live().nothing(), world.live().toString());
    }

    @Test
    void closingTheListenerLeavesItsStreamsOpen() throws IOException {
        // Loop.listen: closing the listener ends that, not the streams
        StreamListener listener = listen();
        Stream stream = client.connect(SERVER, noting("client"));
        run();
        listener.close();
        assertTrue(send(stream, "still here"));
        client.connect(SERVER, noting("second"));
        run();
        assertEquals(
                List.of("accepted", "second closed", "server still here"),
                seen.stream().sorted().toList());
    }

    @Test
    void tooMuchWaitingClosesTheStream() throws IOException {
        // Stream.send: more than 1 MiB waiting to be written closes it
        listen();
        Stream stream = client.connect(SERVER, noting("client"));
        assertTrue(stream.send(ByteBuffer.allocate(1 << 20)));
        assertFalse(stream.send(ByteBuffer.allocate(1)));
        run();
        assertTrue(seen.contains("client closed"), seen.toString());
    }

    @Test
    void theTapSeesOpeningBytesAndEnd() throws IOException {
        // SimulatedWorld.onStream: in order of arrival
        List<String> wire = new ArrayList<>();
        world.onStream(passage -> wire.add(passage.arrived() / 1_000_000 + " "
                + passage.from().getAddress().getHostAddress() + " " + passage.kind() + " " + passage.text()));
        listen();
        Stream stream = client.connect(SERVER, noting("client"));
        send(stream, "hello");
        run();
        stream.close();
        run();
        assertEquals(List.of("1 127.0.0.1 OPENED ", "3 127.0.0.1 BYTES hello", "4 127.0.0.1 CLOSED "), wire);
    }

    @Test
    void aListeningAddressIsBoundOnce() throws IOException {
        // Network: IOException when it cannot be bound; a UDP port of the same number is another thing
        world.network().bindStream(SERVER);
        world.network().bindDatagram(SERVER);
        assertThrows(IOException.class, () -> world.network().bindStream(SERVER));
    }

    private boolean started;

    private void run() {
        if (!started) {
            started = true;
            client.start(Runnable::run);
            server.start(Runnable::run);
        }
        world.run();
    }

    private StreamListener listen() throws IOException {
        StreamListener listener = world.network().bindStream(SERVER);
        server.listen(listener, this::accept);
        return listener;
    }

    private StreamReceiver accept(Stream stream) {
        seen.add("accepted");
        accepted.add(stream);
        return noting("server");
    }

    private static boolean send(Stream stream, String text) {
        return stream.send(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    private StreamReceiver noting(String who) {
        return new StreamReceiver() {
            @Override
            public void received(Stream stream, ByteBuffer bytes) {
                seen.add(who + " " + UTF_8.decode(bytes));
            }

            @Override
            public void closed(Stream stream) {
                seen.add(who + " closed");
            }
        };
    }
}
