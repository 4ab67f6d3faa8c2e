package teleapi.runtime.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import teleapi.runtime.Loop;

class RealWorldTest {
    private final RealWorld world = RealWorld.create();

    @Test
    void everythingAliveIsCountedUntilItIsClosed() throws Exception {
        // Rule: a server that has ended all its calls has as much alive as before the first (Live).
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        assertEquals(Live.NOTHING, world.live());
        Loop<String> loop = world.loop("loop", 1);
        loop.attach(world.network().bindDatagram(anyPort), (port, payload, from) -> {});
        loop.listen(world.network().bindStream(anyPort), stream -> {
            throw new IllegalStateException("nobody connects");
        });
        assertEquals(new Live(1, 0, 1, 1, 0), world.live());
        assertFalse(world.becomes(Live.NOTHING, Duration.ZERO));
        loop.start(message -> {});
        loop.close();
        assertTrue(world.becomes(Live.NOTHING, Duration.ofSeconds(20)));
    }

    @Test
    void aLoopThatNeverStartedLetsGoOfWhatItWasGiven() throws Exception {
        // Rule: close closes attached ports and listeners (Loop.close), also before the start.
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        Loop<String> loop = world.loop("loop", 1);
        loop.attach(world.network().bindDatagram(anyPort), (port, payload, from) -> {});
        loop.close();
        assertEquals(Live.NOTHING, world.live());
    }
}
