package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of the schedule when the loop could not run. */
final class LatenessTest {
    private static final long MILLI = 1_000_000;

    private final StillWorld world = new StillWorld();
    private final MediaEngine engine =
            MediaEngine.start(world, new MediaSettings("10.0.0.1", "10.0.0.1", 20_000, 20_099, 1));

    private StillWorld.StillPort playing() {
        MediaSession session = engine.open("AC1", event -> {}).orElseThrow();
        String sdp =
                "v=0\r\no=- 1 1 IN IP4 10.0.1.1\r\ns=-\r\nc=IN IP4 10.0.1.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";
        assertInstanceOf(Negotiation.Agreed.class, session.answer(sdp.getBytes(StandardCharsets.US_ASCII)));
        session.play(Layer.VERB, 1, Sound.tone(400, Duration.ofSeconds(1), -12), 0);
        return world.ports.getFirst();
    }

    @Test
    void aShortDelayIsMadeUpForAndBeatsDoNotDrift() {
        // Deadlines are absolute.
        StillWorld.StillPort port = playing();
        world.run(1000 * MILLI);
        assertEquals(50, port.sent);
        world.stop(70 * MILLI);
        world.run(0);
        assertEquals(53.0, (double) port.sent, 1.0);
        world.run(930 * MILLI);
        assertEquals(100, port.sent);
    }

    @Test
    void afterALongStopThereIsNoBurst() {
        // Five frames are made up for: more would only be late.
        StillWorld.StillPort port = playing();
        world.run(1000 * MILLI);
        world.stop(5000 * MILLI);
        world.run(0);
        assertEquals(55.0, (double) port.sent, 1.0);
        world.run(1000 * MILLI);
        assertEquals(105.0, (double) port.sent, 1.0);
    }
}
