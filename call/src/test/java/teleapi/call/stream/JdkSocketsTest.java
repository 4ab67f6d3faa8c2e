package teleapi.call.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.call.stream.Sockets.Event;
import teleapi.call.stream.Sockets.Opening;
import teleapi.call.stream.Sockets.Sent;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;
import teleapi.runtime.real.RealWorld;

/** The JDK's client against servers that are written by hand, octet by octet, because no good one does what these do. */
final class JdkSocketsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST = 1_000;

    private final World world = RealWorld.create();
    private final JdkSockets sockets = new JdkSockets();
    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final Mailbox<Event> told = world.mailbox("told", 100);
    private final Mailbox<String> request = world.mailbox("request", 1);

    JdkSocketsTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        sockets.close();
        server.close();
    }

    /** What a server does once it has upgraded. */
    private interface Manner {
        void serve(InputStream in, OutputStream out) throws IOException;
    }

    private static final Manner SILENT = (in, out) -> {
        while (in.read() >= 0) {}
    };

    private void serve(String answer, Manner manner) {
        world.start("server", () -> {
            try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                StringBuilder head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    head.append((char) in.read());
                }
                request.post(head.toString());
                OutputStream out = socket.getOutputStream();
                out.write(answer.replace("KEY", accept(head.toString())).getBytes(StandardCharsets.US_ASCII));
                out.flush();
                manner.serve(in, out);
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }

    private void upgrade(Manner manner) {
        serve(
                String.join(
                        "\r\n",
                        "HTTP/1.1 101 Switching Protocols",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Accept: KEY",
                        "",
                        ""),
                manner);
    }

    /** RFC 6455 §4.2.2. */
    private static String accept(String head) {
        int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("sec-websocket-key: ") + 19;
        String key = head.substring(at, head.indexOf("\r\n", at)).trim();
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1")
                            .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                    .getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** RFC 6455 §5.2; of up to 65,535 octets. */
    private static byte[] frame(int first, byte[] payload) {
        byte[] frame = new byte[4 + payload.length];
        frame[0] = (byte) first;
        frame[1] = 126;
        frame[2] = (byte) (payload.length >> 8);
        frame[3] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, 4, payload.length);
        return frame;
    }

    private static byte[] text(int first, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        byte[] padded = frame(first, payload);
        if (payload.length >= 126) {
            return padded;
        }
        // A length below 126 must be in the short form.
        byte[] frame = new byte[2 + payload.length];
        frame[0] = (byte) first;
        frame[1] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, 2, payload.length);
        return frame;
    }

    private Opening open() {
        return sockets.open(
                new Sockets.Ask(
                        "ws://127.0.0.1:" + server.getLocalPort() + "/audio",
                        Map.of("X-Twilio-Signature", "s="),
                        LARGEST),
                told::post);
    }

    private Sockets.Socket opened() {
        return assertInstanceOf(Opening.Open.class, open()).socket();
    }

    private Event next() {
        return told.take(world.time().after(PATIENCE)).orElseThrow();
    }

    @Test
    void messagesComeWholeAndOnlyWhenTheyAreAskedFor() {
        // Sockets.Event; RFC 6455 §5.4: fragments, §5.5.2: a ping is answered beside them
        upgrade((in, out) -> {
            out.write(text(0x01, "one, "));
            out.write(text(0x89, "ping"));
            out.write(text(0x80, "still one"));
            out.write(text(0x81, "two"));
            out.write(text(0x82, "no text"));
            out.write(text(0x88, ""));
            out.flush();
            SILENT.serve(in, out);
        });
        Sockets.Socket socket = opened();
        String head = request.take(world.time().after(PATIENCE)).orElseThrow();
        assertTrue(head.startsWith("GET /audio HTTP/1.1") && head.contains("X-Twilio-Signature: s="), head);
        assertEquals(new Event.Text("one, still one"), next());
        assertEquals(java.util.Optional.empty(), told.take(world.time().after(Duration.ofMillis(50))));
        socket.more();
        assertEquals(new Event.Text("two"), next());
        socket.more();
        assertEquals(new Event.Binary(), next());
        socket.more();
        assertEquals(new Event.Closed(1005), next());
        assertEquals(Sent.GONE, socket.send("x", PATIENCE), "the closing is answered");
    }

    @Test
    void aServerThatIsNoWebSocketServerSaysSo() {
        // docs/errors.md 31920
        serve("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", SILENT);
        assertEquals(new Opening.Refused(31_920, "was answered with 404 instead of 101"), open());
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() throws IOException {
        // docs/errors.md 31901
        server.close();
        assertEquals(31_901, assertInstanceOf(Opening.Refused.class, open()).code());
    }

    @Test
    void aServerWithoutTlsIsNotReachedByWss() {
        // docs/errors.md 31901: nothing is sent in the clear where TLS was asked for
        world.start("server", () -> {
            try (Socket socket = server.accept()) {
                socket.getOutputStream().write("what?\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Opening opening = sockets.open(
                new Sockets.Ask("wss://127.0.0.1:" + server.getLocalPort() + "/", Map.of(), LARGEST), told::post);
        assertEquals(31_901, assertInstanceOf(Opening.Refused.class, opening).code());
    }

    @Test
    void aMessageThatIsTooLargeIsToldBeforeItIsWhole() {
        // Sockets.Event.TooLarge
        upgrade((in, out) -> {
            out.write(frame(0x01, "x".repeat(60_000).getBytes(StandardCharsets.US_ASCII)));
            out.flush();
            SILENT.serve(in, out);
        });
        Sockets.Socket socket = opened();
        assertEquals(new Event.TooLarge(), next());
        socket.abort();
    }

    @Test
    void whatIsNoFrameAndAConnectionThatDropsAreTold() {
        // RFC 6455 §5.2: reserved bits
        upgrade((in, out) -> {
            out.write(text(0xf1, "garbage"));
            out.flush();
            SILENT.serve(in, out);
        });
        opened();
        assertInstanceOf(Event.Broken.class, next());
        upgrade((in, out) -> {});
        Sockets.Socket dropped = opened();
        assertEquals(new Event.Closed(1006), next(), "as RFC 6455 §7.1.5 numbers it");
        Sent sent = Sent.SENT;
        for (int i = 0; i < 100 && sent == Sent.SENT; i++) {
            sent = dropped.send("x", PATIENCE);
        }
        assertEquals(Sent.GONE, sent);
    }

    @Test
    void aServerThatNeverReadsIsStuckAndNobodyWaitsForIt() {
        // Sockets.Sent.STUCK
        Mailbox<Boolean> over = world.mailbox("over", 1);
        upgrade((in, out) -> over.take(world.time().after(PATIENCE)));
        Sockets.Socket socket = opened();
        String much = "x".repeat(1 << 20);
        Sent sent = Sent.SENT;
        for (int i = 0; i < 100 && sent == Sent.SENT; i++) {
            sent = socket.send(much, Duration.ofMillis(200));
        }
        assertEquals(Sent.STUCK, sent);
        socket.abort();
        over.post(true);
    }
}
