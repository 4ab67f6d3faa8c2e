package teleapi.runtime.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import teleapi.runtime.DatagramPort;
import teleapi.runtime.Loop;

class DatagramsTest {
    private final SimulatedWorld world = new SimulatedWorld(42);
    private final Loop<String> loop = world.loop("loop", 10);
    private final List<String> seen = new ArrayList<>();
    private final List<String> wire = new ArrayList<>();

    @AfterEach
    void closeWorld() {
        world.close();
    }

    @BeforeEach
    void tap() {
        world.onDatagram(passage -> wire.add(passage.sent() / 1_000_000 + "-" + passage.arrived() / 1_000_000 + " "
                + passage.datagram().text() + " " + passage.fate()));
    }

    @Test
    void aDatagramArrivesAfterTheLatency() throws IOException {
        // SimulatedWorld: fair weather takes a millisecond
        DatagramPort a = bind("127.0.0.1", 5060);
        DatagramPort b = receiving("10.0.0.2", 5060);
        assertTrue(send(a, "hello", b.local()));
        world.run();
        assertEquals(List.of("hello from 127.0.0.1:5060 at 1"), seen);
        assertEquals(List.of("0-1 hello DELIVERED"), wire);
    }

    @Test
    void theSendersBufferIsItsOwnAgain() throws IOException {
        // DatagramPort.send: the buffer is the caller's again on return
        DatagramPort b = receiving("10.0.0.2", 1);
        ByteBuffer buffer =
                ByteBuffer.wrap("xhellox".getBytes(UTF_8)).position(1).limit(6);
        assertTrue(bind("10.0.0.1", 1).send(buffer, b.local()));
        buffer.clear().put("overwritten".getBytes(UTF_8), 0, 7);
        world.run();
        assertEquals(List.of("hello from 10.0.0.1:1 at 1"), seen);
    }

    @Test
    void theReceiversBufferIsTheLoopsAfterTheReturn() throws IOException {
        // DatagramReceiver: used again after the return; the simulation makes a mistake with it visible
        List<ByteBuffer> kept = new ArrayList<>();
        DatagramPort b = bind("10.0.0.2", 1);
        loop.attach(b, (port, payload, from) -> kept.add(payload));
        loop.start(seen::add);
        send(bind("10.0.0.1", 1), "hello", b.local());
        world.run();
        assertNotEquals("hello", UTF_8.decode(kept.getFirst()).toString());
    }

    @Test
    void oneGivenDatagramIsLost() throws IOException {
        // SimulatedWorld.loseNext: a test drops exactly the one it means
        DatagramPort a = bind("10.0.0.1", 1);
        DatagramPort b = receiving("10.0.0.2", 1);
        world.loseNext(datagram -> datagram.text().startsWith("BYE"));
        send(a, "INVITE", b.local());
        send(a, "BYE 1", b.local());
        send(a, "BYE 2", b.local());
        world.run();
        assertEquals(List.of("0-1 INVITE DELIVERED", "0-1 BYE 1 LOST", "0-1 BYE 2 DELIVERED"), wire);
        assertEquals(2, seen.size());
    }

    @Test
    void weatherBetweenTwoHostsIsTheirsAlone() throws IOException {
        // SimulatedWorld.weather(from, to): one way only, and it may change
        DatagramPort a = bind("10.0.0.1", 1);
        DatagramPort b = receiving("10.0.0.2", 1);
        world.weather(a.local().getAddress(), b.local().getAddress(), Weather.LOST);
        send(a, "there", b.local());
        send(b, "back", a.local());
        world.run();
        world.clearUp();
        send(a, "again", b.local());
        world.run();
        assertEquals(List.of("0-1 there LOST", "0-1 back DELIVERED", "1-2 again DELIVERED"), sorted(2));
    }

    @Test
    void datagramsOfOneWayKeepTheirOrderUnlessReordered() throws IOException {
        // Weather: order is kept per pair of addresses
        DatagramPort a = bind("10.0.0.1", 1);
        DatagramPort b = receiving("10.0.0.2", 1);
        Weather changing = Weather.FAIR.withLatency(Duration.ofMillis(1), Duration.ofMillis(20));
        world.weather(changing);
        assertEquals(numbers(30), sendNumbers(a, b, 30));
        world.weather(changing.withReordering(0.3));
        List<String> mixed = sendNumbers(a, b, 30);
        assertNotEquals(numbers(30), mixed);
        assertEquals(numbers(30), mixed.stream().sorted().toList());
    }

    @Test
    void duplicatesAreToldAsSuch() throws IOException {
        // Weather.duplication
        DatagramPort a = bind("10.0.0.1", 1);
        DatagramPort b = receiving("10.0.0.2", 1);
        world.weather(Weather.FAIR.withDuplication(1));
        send(a, "twice", b.local());
        world.run();
        assertEquals(List.of("0-1 twice DELIVERED", "0-1 twice DUPLICATE"), wire);
        assertEquals(2, seen.size());
    }

    @Test
    void datagramsWaitForAnOwnerOfThePort() throws IOException {
        // a bound port receives before somebody reads, as a kernel's does, and within a bound
        DatagramPort a = bind("10.0.0.1", 1);
        DatagramPort b = bind("10.0.0.2", 1);
        for (int i = 0; i < 300; i++) {
            send(a, "early", b.local());
        }
        world.run();
        assertEquals(
                44, wire.stream().filter(line -> line.endsWith("OVERFLOWED")).count());
        loop.attach(b, (port, payload, from) -> seen.add("got"));
        loop.start(seen::add);
        world.run();
        assertEquals(256, seen.size());
    }

    @Test
    void nobodyThereMeansUnreachable() throws IOException {
        // UDP tells the sender nothing
        assertTrue(send(bind("10.0.0.1", 1), "hello", new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 1)));
        world.run();
        assertEquals(List.of("0-1 hello UNREACHABLE"), wire);
    }

    @Test
    void aClosedPortSendsAndReceivesNothing() throws IOException {
        // DatagramPort.close
        DatagramPort a = bind("10.0.0.1", 1);
        DatagramPort b = receiving("10.0.0.2", 1);
        send(a, "under way", b.local());
        b.close();
        assertFalse(send(b, "too late", a.local()));
        world.run();
        assertEquals(List.of(), seen);
        assertEquals(List.of("udp 10.0.0.1:1"), world.live().ports());
    }

    @Test
    void anAddressIsBoundOnce() throws IOException {
        // Network: IOException with the address in its message
        DatagramPort a = bind("10.0.0.1", 5060);
        var refused = assertThrows(IOException.class, () -> bind("10.0.0.1", 5060));
        assertTrue(String.valueOf(refused.getMessage()).contains("10.0.0.1:5060"), refused.getMessage());
        a.close();
        assertEquals(5060, bind("10.0.0.1", 5060).local().getPort());
        int free = bind("10.0.0.1", 0).local().getPort();
        assertNotEquals(0, free);
        assertNotEquals(free, bind("10.0.0.1", 0).local().getPort());
    }

    @Test
    void aWildcardAddressAnswersForEveryHost() throws IOException {
        // Network: 0.0.0.0
        receiving("0.0.0.0", 5060);
        send(bind("10.0.0.1", 1), "hello", new InetSocketAddress(InetAddress.ofLiteral("127.0.0.5"), 5060));
        world.run();
        assertEquals(List.of("hello from 10.0.0.1:1 at 1"), seen);
    }

    @Test
    void namesComeFromATableAndTakeTime() {
        // Network.resolve: may wait, best first, empty when there are none
        InetAddress peer = InetAddress.ofLiteral("10.0.0.7");
        world.host("pbx.example", peer).lookupTakes(Duration.ofSeconds(2));
        world.start("script", () -> {
            assertEquals(List.of(peer), world.network().resolve("pbx.example"));
            assertEquals(Duration.ofSeconds(2).toNanos(), world.time().nanos());
            assertEquals(List.of(peer), world.network().resolve("10.0.0.7"));
            assertEquals(List.of(), world.network().resolve("nowhere.example"));
            seen.add("done");
        });
        world.run();
        assertEquals(List.of("done"), seen);
    }

    private DatagramPort bind(String host, int port) throws IOException {
        return world.network().bindDatagram(new InetSocketAddress(InetAddress.ofLiteral(host), port));
    }

    private DatagramPort receiving(String host, int number) throws IOException {
        DatagramPort bound = bind(host, number);
        loop.attach(
                bound,
                (port, payload, from) -> seen.add(
                        UTF_8.decode(payload) + " from " + from.getAddress().getHostAddress() + ":" + from.getPort()
                                + " at " + world.time().nanos() / 1_000_000));
        loop.start(seen::add);
        return bound;
    }

    private static boolean send(DatagramPort from, String text, InetSocketAddress to) {
        return from.send(ByteBuffer.wrap(text.getBytes(UTF_8)), to);
    }

    private List<String> sendNumbers(DatagramPort from, DatagramPort to, int count) {
        wire.clear();
        for (String number : numbers(count)) {
            send(from, number, to.local());
        }
        world.run();
        return wire.stream().map(line -> line.split(" ", -1)[1]).toList();
    }

    private static List<String> numbers(int count) {
        return java.util.stream.IntStream.range(100, 100 + count)
                .mapToObj(Integer::toString)
                .toList();
    }

    /** The wire, with the first lines, which are of one time and different ways, in a fixed order. */
    private List<String> sorted(int first) {
        List<String> lines = new ArrayList<>(wire);
        lines.subList(0, first).sort(java.util.Comparator.reverseOrder());
        return lines;
    }
}
