package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;

/** Ports are lent and come back (reference: reliability M10). */
final class PortsTest {
    @Test
    void whenAllPortsAreUsedThereIsNoneUntilOneIsClosed() {
        // MediaEngine.open: empty when no port is left.
        try (Studio studio = new Studio(1, new MediaSettings(Studio.HOST, Studio.HOST, 20_001, 20_010, 2))) {
            List<MediaSession> sessions = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                sessions.add(studio.open());
            }
            // Not yet counted and counted: both ways to find that there is none.
            assertEquals(Optional.empty(), studio.engine.open("AC2", event -> {}));
            studio.run(1);
            assertEquals(8, studio.engine.counters().portsUsed());
            assertEquals(4, studio.engine.counters().sessions());
            assertEquals(Optional.empty(), studio.engine.open("AC2", event -> {}));
            sessions.getFirst().close();
            sessions.getFirst().close();
            studio.until(sessions.getFirst(), new MediaEvent.Closed());
            assertEquals(6, studio.engine.counters().portsUsed());
            assertTrue(studio.engine.open("AC2", event -> {}).isPresent());
        }
    }

    private static void assertMeasuredAndClosed(List<MediaEvent> told) {
        assertEquals(2, told.size(), told::toString);
        assertInstanceOf(MediaEvent.Measured.class, told.getFirst());
        assertEquals(new MediaEvent.Closed(), told.getLast());
    }

    @Test
    void closedIsTheLastThatIsTold() {
        // MediaEvent.Closed: the last event; after close everything is dropped.
        try (Studio studio = new Studio(2)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.talking(1000, G711.PCMU);
            alice.session().bridge(bob.session());
            bob.session().bridge(alice.session());
            studio.run(100);
            alice.session().close();
            alice.session().mute(true, 1);
            alice.session().play(Layer.VERB, 1, Sound.tone(500, java.time.Duration.ofMillis(20), -12), 1);
            alice.session().bridge(bob.session());
            bob.session().bridge(alice.session());
            studio.run(100);
            long later = studio.now();
            studio.run(500);
            assertMeasuredAndClosed(studio.toldBy(alice.session()));
            assertTrue(bob.heardAfter(later).isEmpty());
            assertEquals(1, studio.engine.counters().sessions());
            assertEquals(2, studio.engine.counters().portsUsed());
        }
    }

    @Test
    void whatIsSentAndTakenIsCounted() {
        // MediaCounters.
        try (Studio studio = new Studio(3)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.line(1000, G711.PCMU);
            alice.session().bridge(bob.session());
            bob.session().bridge(alice.session());
            studio.run(200);
            alice.phone().hush();
            studio.run(500);
            MediaCounters counters = studio.engine.counters();
            assertEquals(bob.phone().heard().size(), counters.packetsOut());
            assertTrue(counters.packetsIn() >= counters.packetsOut() && counters.packetsOut() >= 9);
            assertEquals(0, counters.strangers() + counters.malformed() + counters.refusedSends());
        }
    }

    @Test
    void anEngineThatIsClosedOpensNothing() {
        // MediaEngine.close: ends loops and sockets.
        try (Studio studio = new Studio(4)) {
            MediaSession session = studio.open();
            studio.engine.close();
            studio.run(10);
            assertMeasuredAndClosed(studio.toldBy(session));
            assertFalse(studio.engine.open("AC1", event -> {}).isPresent());
            assertTrue(studio.world.live().ports().stream().noneMatch(port -> port.contains("10.0.0.1:")));
        }
    }
}
