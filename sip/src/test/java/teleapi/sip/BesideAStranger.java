package teleapi.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import teleapi.runtime.simulated.SimulatedWorld;

/** A phone of ours, and a far end that is scripted, message by message; nothing is left of them when a test has ended. */
abstract sealed class BesideAStranger permits StrangersTest, CalledStrangersTest {
    final SimulatedWorld world = new SimulatedWorld(3);
    final Phone phone = new Phone(world, "alice", new InetSocketAddress("10.0.0.1", 5060));
    final Puppet puppet = new Puppet(world, new InetSocketAddress("10.0.0.9", 5062));

    @AfterEach
    void nothingIsLeft() {
        puppet.onRequest = request -> {};
        assertTrue(world.runUntilQuiet(Duration.ofHours(3)), world.live().toString());
        assertEquals(0, phone.agent.counters().dialogs());
        assertEquals(0, phone.agent.counters().transactions());
        phone.lines.forEach(line -> assertEquals(1, line.finals(), line.story().toString()));
        world.close();
    }

    void run() {
        world.runFor(Duration.ofMillis(50));
    }

    /** A call from the puppet that is up; its tag is p, ours is answered. */
    String connected() {
        phone.answers();
        puppet.request(phone, "INVITE", "1", "c1", 10, "p", "", "");
        run();
        String tag = puppet.tag("200");
        puppet.request(phone, "ACK", "2", "c1", 10, "p", tag, "");
        run();
        assertEquals(List.of("acknowledged"), phone.lines.getFirst().story());
        return tag;
    }
}
