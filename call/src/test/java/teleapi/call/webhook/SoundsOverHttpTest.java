package teleapi.call.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import teleapi.media.Sound;
import teleapi.media.SoundException;
import teleapi.media.speech.SpeechEngine;
import teleapi.runtime.World;
import teleapi.runtime.real.RealWorld;

/** What bad sounds get, over the real HTTP client. issue 4: a notification and the next verb; here the code of the notification. */
class SoundsOverHttpTest {
    private static final int TOO_LARGE = Sounds.LARGEST_FILE + 1;

    private final World world = RealWorld.create();
    private final PooledHttp http = new PooledHttp(world, Duration.ofSeconds(10));
    private final PooledHttp hasty = new PooledHttp(world, Duration.ofMillis(300));
    private final CountDownLatch held = new CountDownLatch(1);
    private final HttpServer server;

    SoundsOverHttpTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void open() {
        server.createContext("/missing", exchange -> answer(exchange, 404, new byte[9]));
        server.createContext("/undecodable", exchange -> answer(exchange, 200, new byte[9_999]));
        server.createContext("/loop", exchange -> {
            exchange.getResponseHeaders().set("Location", "/loop");
            answer(exchange, 302, new byte[1]);
        });
        // Says how large it is, and does not.
        server.createContext("/large", exchange -> pour(exchange, TOO_LARGE));
        server.createContext("/endless", exchange -> pour(exchange, 0));
        server.createContext("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 44);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            hold();
        });
        server.start();
    }

    @AfterEach
    void close() {
        held.countDown();
        http.close();
        hasty.close();
        server.stop(0);
    }

    private void hold() throws IOException {
        try {
            held.await();
        } catch (InterruptedException over) {
            throw new IOException(over);
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void pour(HttpExchange exchange, int length) throws IOException {
        exchange.sendResponseHeaders(200, length);
        byte[] some = new byte[1 << 16];
        for (long left = TOO_LARGE; left > 0; left -= some.length) {
            exchange.getResponseBody().write(some, 0, (int) Math.min(left, some.length));
        }
        exchange.close();
    }

    private LoadedSound.Unplayable bad(PooledHttp client, String path) {
        var speech = new SpeechEngine() {
            @Override
            public Sound speak(String text, String language, String voice) {
                throw new SoundException("it is away");
            }

            @Override
            public String name() {
                return "none";
            }
        };
        Sounds sounds = new Sounds(world.time(), client, speech, Optional.empty());
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
        return assertInstanceOf(
                LoadedSound.Unplayable.class, path.isEmpty() ? sounds.speak("hello", "en", "man") : sounds.load(url));
    }

    @Test
    void eachIsRefusedWithItsReason() {
        assertEquals(13233, bad(http, "/missing").code());
        assertEquals(12400, bad(http, "/undecodable").code());
        assertEquals(11215, bad(http, "/loop").code());
        LoadedSound.Unplayable slow = bad(hasty, "/slow");
        assertEquals(11200, slow.code());
        assertTrue(slow.reason().contains("took longer"), slow.reason());
        assertEquals(13520, bad(http, "").code());
    }

    @Test
    void whatIsOver32MebibytesIsRefusedWhetherItSaysSoOrNot() {
        for (String path : new String[] {"/large", "/endless"}) {
            LoadedSound.Unplayable large = bad(http, path);
            assertEquals(11750, large.code(), large.reason());
            assertTrue(large.reason().contains(Integer.toString(32 << 20)), large.reason());
        }
    }
}
