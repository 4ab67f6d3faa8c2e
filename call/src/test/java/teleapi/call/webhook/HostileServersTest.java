package teleapi.call.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import teleapi.rcml.HttpMethod;
import teleapi.runtime.real.RealWorld;

/** Application servers that do not keep to HTTP. */
class HostileServersTest {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n<Response/>";
    private static final String OTHER = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n<Rejected/>";
    private static final Duration HASTY = Duration.ofMillis(300);

    private final PooledHttp http = new PooledHttp(RealWorld.create());
    private final List<ServerSocket> doors = new ArrayList<>();
    private final List<Socket> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();

    /** What a server does with a connection. */
    private interface Server {
        void serve(Socket in) throws IOException;
    }

    @AfterEach
    void close() throws IOException {
        http.close();
        for (ServerSocket door : doors) {
            door.close();
        }
        for (Socket one : taken) {
            one.close();
        }
    }

    @Test
    void whatFollowsAnAnswerIsNotTheAnswerOfTheNextRequest() throws IOException {
        // RFC 9112 §9.2: a client must not take what it has not asked for as an answer; here it would be that of
        // another call.
        String url = serving(in -> {
            while (asked(in)) {
                say(in, ANSWER + OTHER);
            }
        });
        for (int i = 0; i < 3; i++) {
            assertEquals("<Response/>", body(http, url));
        }
        assertEquals(3, asked.get());
    }

    @Test
    void whatIsSaidBetweenTwoRequestsIsNotTheAnswerOfTheNext() throws IOException {
        // The same: HAProxy says 408 on a connection that was idle, and a callback with 408 would count as delivered.
        var had = new Semaphore(0);
        var said = new Semaphore(0);
        String url = serving(in -> {
            while (asked(in)) {
                say(in, ANSWER);
                had.acquireUninterruptibly();
                try {
                    say(in, "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                } finally {
                    said.release();
                }
            }
        });
        for (int i = 0; i < 3; i++) {
            assertEquals("<Response/>", body(http, url));
            had.release();
            said.acquireUninterruptibly();
        }
        assertEquals(3, asked.get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 11\r\n\r\n<Response/>",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n<Response/>",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: nonsense\r\n\r\n<Response/>",
                "HTTP/1.1 000 none\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "SIP/2.0 200 OK\r\n\r\n"
            })
    void whoAnswersWithoutSenseHasFailedAndIsNotAskedAgain(String answer) throws IOException {
        // ADR-0026; RFC 9110 §9.2.2: the server has said something, so it may have done what a POST asks for.
        String fresh = serving(in -> {
            asked(in);
            say(in, answer);
        });
        assertEquals(11200, failure(http, fresh).code());
        assertEquals(1, asked.get());
        String kept = serving(in -> {
            asked(in);
            say(in, ANSWER);
            asked(in);
            say(in, answer);
        });
        assertEquals("<Response/>", body(http, kept));
        assertEquals(11200, failure(http, kept).code());
        assertEquals(3, asked.get());
    }

    @Test
    void serversThatNeverStopTalkingKeepNobodyFromTheProcessor() throws Exception {
        // reference/reliability.md A6: here also the watch that ends their time, so that they kept it for ever.
        byte[] much = "HTTP/1.1 100 Continue\r\n\r\n".repeat(2_000).getBytes(US_ASCII);
        String url = serving(in -> {
            asked(in);
            while (!in.isClosed()) {
                in.getOutputStream().write(much);
            }
        });
        int many = 2 * Runtime.getRuntime().availableProcessors();
        var over = new CountDownLatch(many);
        try (PooledHttp hasty = new PooledHttp(RealWorld.create(), HASTY)) {
            for (int i = 0; i < many; i++) {
                Thread.startVirtualThread(() -> {
                    assertTrue(failure(hasty, url).reason().contains("took longer"));
                    over.countDown();
                });
            }
            assertTrue(over.await(20, TimeUnit.SECONDS), over.getCount() + " of " + many + " go on");
        }
    }

    @Test
    void aNameWithManyDeadAddressesHasNoMoreTimeThanOthers() throws IOException {
        // ADR-0026 "15 s in all".
        int port = silent();
        var names = new SystemDefaultDnsResolver() {
            @Override
            public InetAddress[] resolve(String host) {
                var here = InetAddress.getLoopbackAddress();
                return new InetAddress[] {here, here, here, here};
            }
        };
        try (PooledHttp hasty = new PooledHttp(RealWorld.create(), HASTY, names)) {
            var failed = assertTimeoutPreemptively(
                    Duration.ofSeconds(5), () -> failure(hasty, "http://four.invalid:" + port + "/"));
            assertTrue(failed.reason().contains("took longer"), failed.reason());
        }
    }

    /** The port of one who has more callers than it wants: connections to it neither come about nor fail. */
    private int silent() throws IOException {
        var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        doors.add(door);
        assertThrows(SocketTimeoutException.class, () -> {
            while (true) {
                var one = new Socket();
                taken.add(one);
                one.connect(new InetSocketAddress(door.getInetAddress(), door.getLocalPort()), 200);
            }
        });
        return door.getLocalPort();
    }

    private static HttpReply send(PooledHttp client, String url) {
        return client.send(new HttpAsk(HttpMethod.POST, url, Map.of("CallSid", "CA1"), Map.of(), 1_000));
    }

    private static String body(PooledHttp client, String url) {
        return new String(
                assertInstanceOf(HttpReply.Received.class, send(client, url)).body(), US_ASCII);
    }

    private static HttpReply.Failed failure(PooledHttp client, String url) {
        return assertInstanceOf(HttpReply.Failed.class, send(client, url));
    }

    private String serving(Server server) throws IOException {
        var door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        doors.add(door);
        Thread.ofPlatform().daemon().start(() -> {
            while (!door.isClosed()) {
                try {
                    Socket in = door.accept();
                    taken.add(in);
                    Thread.ofPlatform().daemon().start(() -> serve(server, in));
                } catch (IOException over) {
                    // The test is over.
                }
            }
        });
        return "http://127.0.0.1:" + door.getLocalPort() + "/";
    }

    private static void serve(Server server, Socket in) {
        try (in) {
            in.setSoTimeout(20_000);
            server.serve(in);
        } catch (IOException gone) {
            // The one who asks has had enough, or the test is over.
        }
    }

    private static void say(Socket to, String words) throws IOException {
        to.getOutputStream().write(words.getBytes(US_ASCII));
    }

    /** Reads a request. */
    private boolean asked(Socket in) throws IOException {
        boolean read = RequestOnWire.read(in).isPresent();
        if (read) {
            asked.incrementAndGet();
        }
        return read;
    }
}
