package teleapi.runtime.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import teleapi.runtime.Loop;
import teleapi.runtime.Mailbox;

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

    @Test
    void heavyWorkDoesNotKeepScriptsWaiting() {
        // Rule: a script runs also while as much heavy work as there are cores never waits (World.startHeavy).
        var ended = new AtomicBoolean();
        Mailbox<String> ran = world.mailbox("ran", 10);
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            world.startHeavy("heavy", () -> {
                while (!ended.get()) {
                    Thread.onSpinWait();
                }
            });
        }
        try {
            world.start("script", () -> ran.post("ran"));
            assertEquals(Optional.of("ran"), ran.take(world.time().after(Duration.ofSeconds(20))));
        } finally {
            ended.set(true);
        }
        assertTrue(world.becomes(Live.NOTHING, Duration.ofSeconds(20)));
    }
}
