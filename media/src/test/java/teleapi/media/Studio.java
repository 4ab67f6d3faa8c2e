package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import teleapi.media.codec.G711;
import teleapi.runtime.simulated.SimulatedWorld;

/** An engine in a simulated world, phones around it, and what happened. */
final class Studio implements AutoCloseable {
    static final String HOST = "10.0.0.1";

    /** What a session told, and when. */
    record Told(long nanos, MediaSession session, MediaEvent event) {}

    /** A phone and its session. */
    record Line(Phone phone, MediaSession session) {
        List<Heard> heardAfter(long nanos) {
            return phone.heard().stream()
                    .filter(packet -> packet.nanos() > nanos)
                    .toList();
        }
    }

    final SimulatedWorld world;
    final MediaEngine engine;
    final List<Told> told = new ArrayList<>();
    private final List<Phone> phones = new ArrayList<>();

    Studio(long seed) {
        this(seed, new MediaSettings(HOST, HOST, 20_000, 20_099, 1));
    }

    Studio(long seed, MediaSettings settings) {
        world = new SimulatedWorld(seed).switching(0.1);
        engine = MediaEngine.start(world, settings);
    }

    Phone phone(String host, int hertz) {
        Phone phone = new Phone(world, host, G711.PCMU, hertz);
        phones.add(phone);
        return phone;
    }

    Line line(int hertz, G711 law) {
        Phone phone = new Phone(world, "10.0.1." + (phones.size() + 1), law, hertz);
        phones.add(phone);
        MediaSession session = open();
        Negotiation.Agreed agreed = assertInstanceOf(Negotiation.Agreed.class, session.answer(phone.sdp()));
        phone.takes(agreed.sdp());
        return new Line(phone, session);
    }

    Line talking(int hertz, G711 law) {
        Line line = line(hertz, law);
        line.phone().talk();
        return line;
    }

    MediaSession open() {
        List<MediaSession> self = new ArrayList<>();
        MediaSession session = engine.open("AC1", event -> told.add(new Told(now(), self.getFirst(), event)))
                .orElseThrow();
        self.add(session);
        return session;
    }

    /** What a phone of any codec is answered with. */
    MediaSession open(CodecPhone phone) {
        MediaSession session = open();
        phone.takes(assertInstanceOf(Negotiation.Agreed.class, session.answer(phone.sdp()))
                .sdp());
        return session;
    }

    static void bridge(Line one, Line other) {
        one.session().bridge(other.session());
        other.session().bridge(one.session());
    }

    long now() {
        return world.time().nanos();
    }

    void run(int millis) {
        world.runFor(Duration.ofMillis(millis));
    }

    /** Runs until the session has told this, and answers when. */
    long until(MediaSession session, MediaEvent event) {
        assertTrue(world.runUntil(() -> has(session, event), Duration.ofSeconds(60)), () -> "not told: " + event);
        return told.stream()
                .filter(one -> one.session().equals(session) && one.event().equals(event))
                .findFirst()
                .orElseThrow()
                .nanos();
    }

    boolean has(MediaSession session, MediaEvent event) {
        return told.stream()
                .anyMatch(one -> one.session().equals(session) && one.event().equals(event));
    }

    List<MediaEvent> toldBy(MediaSession session) {
        return told.stream()
                .filter(one -> one.session().equals(session))
                .map(Told::event)
                .toList();
    }

    /** RFC 3550 §5.1: sequence numbers go up by one, timestamps as time does. */
    static void assertContinuous(List<Heard> packets) {
        for (int i = 1; i < packets.size(); i++) {
            Heard last = packets.get(i - 1);
            Heard now = packets.get(i);
            int which = i;
            assertEquals((last.sequence() + 1) & 0xffff, now.sequence(), () -> "sequence of packet " + which);
            assertEquals(last.ssrc(), now.ssrc());
            long step = (now.timestamp() - last.timestamp()) & 0xffff_ffffL;
            assertTrue(step >= 80 && step < 8000 * 60, () -> "timestamp step " + step + " of packet " + which);
            if (!now.marker()) {
                assertEquals(160, step, () -> "timestamp of packet " + which);
            }
        }
    }

    @Override
    public void close() {
        phones.forEach(Phone::close);
        engine.close();
        world.runFor(Duration.ofSeconds(1));
        assertTrue(world.live().nothing(), () -> "left over: " + world.live());
        assertEquals(0, engine.counters().portsUsed());
        world.close();
    }
}
