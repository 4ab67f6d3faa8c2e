package teleapi.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.runtime.simulated.SimulatedWorld;
import teleapi.runtime.simulated.Weather;

/** User agent against user agent in the simulated world. */
final class CallsTest {
    private final SimulatedWorld world = new SimulatedWorld(7);
    private final Phone alice = new Phone(world, "alice", new InetSocketAddress("10.0.0.1", 5060));
    private final Phone bob = new Phone(world, "bob", new InetSocketAddress("10.0.0.2", 5060));

    @AfterEach
    void nothingIsLeft() {
        // every table entry is freed: 64 T1 after the last message nothing lives
        world.clearUp();
        assertTrue(world.runUntilQuiet(Duration.ofHours(3)), world.live().toString());
        for (Phone phone : List.of(alice, bob)) {
            assertEquals(0, phone.agent.counters().dialogs(), phone.name);
            assertEquals(0, phone.agent.counters().transactions(), phone.name);
            for (Phone.Line line : phone.lines) {
                assertEquals(1, line.finals(), phone.name + line.story());
            }
        }
        assertEquals(List.of(), world.live().timers());
        world.close();
    }

    @Test
    void aCallRingsIsAnsweredAndEndedByTheCaller() {
        // RFC 3665 §3.1
        bob.answers();
        Phone.Line call = alice.call(bob.uri());
        world.runFor(Duration.ofSeconds(1));
        assertEquals(List.of("progressed 180", "answered"), call.story());
        assertEquals(List.of("acknowledged"), bob.lines.getFirst().story());
        assertEquals(1, alice.agent.counters().dialogs());
        call.dialog().hangUp();
        world.runFor(Duration.ofSeconds(1));
        assertEquals(List.of("progressed 180", "answered", "ended by US"), call.story());
        assertEquals(List.of("acknowledged", "ended by FAR_END"), bob.lines.getFirst().story());
    }
}
