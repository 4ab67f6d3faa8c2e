package teleapi.runtime.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import teleapi.runtime.DatagramPort;
import teleapi.runtime.Loop;

@Timeout(30)
class RealNetworkTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    private final RealWorld world = RealWorld.create();

    @Test
    void aDatagramGoesToAnotherLoopAndBack() throws Exception {
        // Rule: attached ports hand their datagrams with the sender's address to the receiver (Loop.attach), attached
        // from any thread.
        Loop<String> one = started("one");
        Loop<String> two = started("two");
        DatagramPort caller = world.network().bindDatagram(ANY_PORT);
        DatagramPort echo = world.network().bindDatagram(ANY_PORT);
        LinkedBlockingQueue<String> back = new LinkedBlockingQueue<>();
        two.attach(echo, (port, payload, from) -> port.send(payload, from));
        one.attach(caller, (port, payload, from) -> back.add(text(payload) + " " + from.equals(echo.local())));
        ByteBuffer ping = bytes("ping");
        assertTrue(caller.send(ping, echo.local()));
        assertEquals(4, ping.remaining());
        assertEquals("ping true", back.poll(10, TimeUnit.SECONDS));
        assertTrue(caller.send(bytes(""), echo.local()));
        assertEquals(" true", back.poll(10, TimeUnit.SECONDS));
        one.close();
        two.close();
        Eventually.holds(() -> world.live().nothing());
    }

    @Test
    void theLargestDatagramArrivesWhole() throws Exception {
        // Rule: at most 65,535 bytes (DatagramReceiver); over IPv4 65,507 are payload (RFC 768, RFC 791 §3.1).
        Loop<String> loop = started("loop");
        DatagramPort from = world.network().bindDatagram(ANY_PORT);
        DatagramPort to = world.network().bindDatagram(ANY_PORT);
        LinkedBlockingQueue<Integer> sizes = new LinkedBlockingQueue<>();
        loop.attach(to, (port, payload, sender) -> sizes.add(payload.remaining()));
        assertTrue(from.send(ByteBuffer.allocate(65_507), to.local()));
        assertEquals(65_507, sizes.poll(10, TimeUnit.SECONDS));
        assertFalse(from.send(ByteBuffer.allocate(65_508), to.local()));
        from.close();
        loop.close();
        Eventually.holds(() -> world.live().nothing());
    }

    @Test
    void whatCannotBeSentIsRefusedAndHarmsNothing() throws Exception {
        // Rule: send answers false when refused (DatagramPort, "Errors"); RFC 1122 §4.1.3.3: ICMP errors do not end a
        // UDP port.
        Loop<String> loop = started("loop");
        DatagramPort port = world.network().bindDatagram(ANY_PORT);
        DatagramPort gone = world.network().bindDatagram(ANY_PORT);
        LinkedBlockingQueue<String> got = new LinkedBlockingQueue<>();
        loop.attach(port, (self, payload, from) -> got.add(text(payload)));
        gone.close();
        for (int i = 0; i < 10; i++) {
            port.send(bytes("into the void"), gone.local());
        }
        assertFalse(port.send(bytes("x"), InetSocketAddress.createUnresolved("nowhere.invalid", 5060)));
        assertFalse(port.send(bytes("x"), new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 5060)));
        assertTrue(port.send(bytes("alive"), port.local()));
        assertEquals("alive", got.poll(10, TimeUnit.SECONDS));
        port.close();
        port.close();
        assertFalse(port.send(bytes("x"), port.local()));
        assertEquals(0, world.live().datagramPorts());
        loop.close();
    }

    @Test
    void anExceptionInAReceiverLosesThatDatagramOnly() throws Exception {
        // Rule: an exception that leaves a receiver is logged and counted; the loop goes on (Loop, "Errors").
        Loop<String> loop = started("loop");
        DatagramPort port = world.network().bindDatagram(ANY_PORT);
        LinkedBlockingQueue<String> got = new LinkedBlockingQueue<>();
        loop.attach(port, (self, payload, from) -> {
            String text = text(payload);
            if (text.equals("bad")) {
                throw new IllegalStateException("on purpose");
            }
            got.add(text);
        });
        port.send(bytes("bad"), port.local());
        port.send(bytes("good"), port.local());
        assertEquals("good", got.poll(10, TimeUnit.SECONDS));
        assertEquals(1, world.failures());
        loop.close();
    }

    @Test
    void aFloodedPortDoesNotStarveMessagesAndTimers() throws Exception {
        // Rule: control and packets never share a queue, and a turn takes a bounded number of datagrams (ARCHITECTURE,
        // RealLoop).
        Loop<String> loop = world.loop("loop", 10);
        DatagramPort port = world.network().bindDatagram(ANY_PORT);
        LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
        // Each datagram sends itself again, two times as long as the socket takes them: the port never runs empty.
        loop.attach(port, (self, payload, from) -> {
            self.send(payload, from);
            self.send(payload, from);
        });
        Loop.Timer timer = loop.timer(() -> seen.add("timer"));
        loop.start(message -> {
            seen.add(message);
            timer.at(world.time().nanos() + 1_000_000L);
        });
        for (int i = 0; i < 200; i++) {
            port.send(bytes("x"), port.local());
        }
        loop.post("message");
        assertEquals("message", seen.poll(10, TimeUnit.SECONDS));
        assertEquals("timer", seen.poll(10, TimeUnit.SECONDS));
        loop.close();
        Eventually.holds(() -> world.live().nothing());
    }

    @Test
    void aPortMovesToAnotherLoop() throws Exception {
        // Rule: attach hands the datagrams to this receiver from now on (Loop.attach), wherever they went before.
        Loop<String> one = started("one");
        Loop<String> two = started("two");
        DatagramPort port = world.network().bindDatagram(ANY_PORT);
        LinkedBlockingQueue<String> got = new LinkedBlockingQueue<>();
        one.attach(
                port,
                (self, payload, from) -> got.add("one " + Thread.currentThread().getName()));
        port.send(bytes("x"), port.local());
        assertEquals("one one", got.poll(10, TimeUnit.SECONDS));
        CompletableFuture<Boolean> moved = new CompletableFuture<>();
        two.attach(port, (self, payload, from) -> {
            got.add("two " + Thread.currentThread().getName());
            moved.complete(true);
        });
        while (!moved.isDone()) {
            port.send(bytes("x"), port.local());
        }
        got.clear();
        one.close();
        Eventually.holds(() -> world.live().loops() == 1);
        got.clear();
        assertTrue(port.send(bytes("x"), port.local()));
        assertEquals("two two", got.poll(10, TimeUnit.SECONDS));
        two.close();
        Eventually.holds(() -> world.live().nothing());
    }

    @Test
    void anAddressInUseIsNamed() throws Exception {
        // Rule: IOException with the address in its message when it cannot be bound (Network, "Errors").
        DatagramPort port = world.network().bindDatagram(ANY_PORT);
        String address = "127.0.0.1:" + port.local().getPort();
        IOException failure =
                assertThrows(IOException.class, () -> world.network().bindDatagram(port.local()));
        assertTrue(String.valueOf(failure.getMessage()).contains(address), failure::getMessage);
        port.close();
        IOException tcp = assertThrows(
                IOException.class,
                () -> world.network().bindStream(new InetSocketAddress(InetAddress.ofLiteral("203.0.113.9"), 1)));
        assertTrue(String.valueOf(tcp.getMessage()).contains("203.0.113.9:1"), tcp::getMessage);
        assertTrue(world.live().nothing());
    }

    @Test
    void namesAndLiteralsAreResolvedAndNonsenseIsEmpty() {
        // Rule: addresses of a name or literal; empty when there are none (Network.resolve). RFC 6761 §6.4: .invalid
        // never exists.
        assertEquals(
                List.of(InetAddress.ofLiteral("192.0.2.7")), world.network().resolve("192.0.2.7"));
        assertEquals(List.of(InetAddress.ofLiteral("::1")), world.network().resolve("[::1]"));
        assertFalse(world.network().resolve("localhost").isEmpty());
        for (String nonsense :
                List.of("", " ", "nowhere.invalid", "a".repeat(300), "256.1.1.1.1", "[::1", "\0", "a b")) {
            assertEquals(List.of(), world.network().resolve(nonsense), nonsense);
        }
    }

    @Test
    void aPortAttachedToAClosedLoopIsClosed() throws Exception {
        // Rule: a loop's end closes the attached ports (Loop.close); one that comes too late must not be left over.
        Loop<String> loop = started("loop");
        loop.close();
        Eventually.holds(() -> world.live().nothing());
        DatagramPort port = world.network().bindDatagram(ANY_PORT);
        loop.attach(port, (self, payload, from) -> {});
        assertNotNull(port.local());
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
