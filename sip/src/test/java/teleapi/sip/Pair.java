package teleapi.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import teleapi.runtime.simulated.Datagram;
import teleapi.runtime.simulated.SimulatedWorld;

/** Two phones in a simulated world. */
final class Pair {
    final SimulatedWorld world;
    final Phone alice;
    final Phone bob;

    Pair(long seed) {
        this(seed, 1);
    }

    Pair(long seed, int workers) {
        world = new SimulatedWorld(seed);
        alice = new Phone(world, "alice", new InetSocketAddress("10.0.0.1", 5060), workers);
        bob = new Phone(world, "bob", new InetSocketAddress("10.0.0.2", 5060), workers);
    }

    /** A call that is up. */
    Phone.Line connected() {
        bob.answers();
        Phone.Line call = alice.call(bob.uri());
        world.runFor(Duration.ofSeconds(1));
        assertEquals(List.of("progressed 180", "answered"), call.story());
        assertEquals(List.of("acknowledged"), bob.lines.getFirst().story());
        return call;
    }

    void seconds(long seconds) {
        world.runFor(Duration.ofSeconds(seconds));
    }

    void millis(long millis) {
        world.runFor(Duration.ofMillis(millis));
    }

    /** Datagrams that begin so: a method, or {@code SIP/2.0 200}; in CSeq's words when {@code with} is not empty. */
    static Predicate<Datagram> message(String begin, String with) {
        return datagram -> {
            String text = datagram.text();
            return text.startsWith(begin) && text.contains(with);
        };
    }

    /** Every table entry is freed: when nothing comes any more nothing lives, and each call has one last event. */
    void nothingIsLeft() {
        world.clearUp();
        assertTrue(world.runUntilQuiet(Duration.ofHours(3)), world.live().toString());
        for (Phone phone : List.of(alice, bob)) {
            assertEquals(0, phone.agent.counters().dialogs(), phone.name);
            assertEquals(0, phone.agent.counters().transactions(), phone.name);
            for (Phone.Line line : phone.lines) {
                assertEquals(1, line.finals(), "seed " + world.seed() + ": " + phone.name + line.story());
            }
        }
        assertEquals(List.of(), world.live().timers());
        world.close();
    }
}
