package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import teleapi.media.codec.G711;
import teleapi.media.sound.WavFile;
import teleapi.media.sound.WavRecording;
import teleapi.runtime.DatagramPort;
import teleapi.runtime.Mailbox;
import teleapi.runtime.real.RealWorld;

/** The same over real sockets: that it works at all, not when; when is the simulation's matter. */
@Timeout(60)
final class RealEngineTest {
    private static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RealWorld world = RealWorld.create();
    private final MediaEngine engine = MediaEngine.start(world, new MediaSettings(HOST, HOST, 0, 0, 2));
    private final List<Phone> phones = new ArrayList<>();

    private record Line(Phone phone, MediaSession session, Mailbox<Heard> ear, Mailbox<MediaEvent> told) {
        /** Takes packets until {@code count} in a row are so. */
        void hears(RealWorld world, int count, Predicate<Heard> wanted) {
            int row = 0;
            var deadline = world.time().after(PATIENCE);
            while (row < count) {
                Optional<Heard> packet = ear.take(deadline);
                assertTrue(packet.isPresent(), "not heard in time");
                row = wanted.test(packet.get()) ? row + 1 : 0;
            }
        }

        void isMeasured(RealWorld world) {
            assertInstanceOf(
                    MediaEvent.Measured.class,
                    told.take(world.time().after(PATIENCE)).orElseThrow());
        }

        void isTold(RealWorld world, MediaEvent event) {
            assertEquals(Optional.of(event), told.take(world.time().after(PATIENCE)));
        }
    }

    @AfterEach
    void everythingIsGivenBack() {
        phones.forEach(Phone::close);
        engine.close();
    }

    private Line line(int hertz, G711 law) {
        Mailbox<Heard> ear = world.mailbox("ear", 100_000);
        Mailbox<MediaEvent> told = world.mailbox("told", 1000);
        Phone phone = new Phone(world, HOST, law, hertz, ear::post);
        phones.add(phone);
        MediaSession session = engine.open("AC1", told::post).orElseThrow();
        phone.takes(assertInstanceOf(Negotiation.Agreed.class, session.answer(phone.sdp()))
                .sdp());
        phone.talk();
        return new Line(phone, session, ear, told);
    }

    private void closed(List<Line> lines) {
        for (Line line : lines) {
            line.session().close();
            line.isMeasured(world);
            line.isTold(world, new MediaEvent.Closed());
        }
        assertEquals(0, engine.counters().sessions());
        assertEquals(0, engine.counters().portsUsed());
        assertEquals(0, engine.counters().rooms());
        assertEquals(0, world.failures());
    }

    @Test
    void aBridgeWorksOverSockets() throws IOException {
        // MediaSession.bridge, mute, Closed: the port is free again.
        Line alice = line(500, G711.PCMU);
        Line bob = line(1000, G711.PCMA);
        alice.session().bridge(bob.session());
        bob.session().bridge(alice.session());
        alice.hears(world, 10, packet -> packet.has(1000) && !packet.has(500));
        bob.hears(world, 10, packet -> packet.has(500) && !packet.has(1000));
        alice.session().mute(true, 1);
        alice.isTold(world, new MediaEvent.Applied(1));
        bob.hears(world, 10, Heard::silent);
        alice.session().play(Layer.VERB, 2, Sound.tone(1500, Duration.ofMillis(200), -12), 1);
        alice.hears(world, 10, packet -> packet.has(1500));
        alice.isTold(world, new MediaEvent.PlaybackFinished(2));
        alice.hears(world, 10, packet -> packet.has(1000));
        String sdp = new String(alice.session().offer(), StandardCharsets.US_ASCII);
        int at = sdp.indexOf("m=audio ") + 8;
        int port = Integer.parseInt(sdp.substring(at, sdp.indexOf(' ', at)));
        assertEquals(0, port % 2);
        closed(List.of(alice, bob));
        for (int i = 0; i < 2; i++) {
            world.network()
                    .bindDatagram(new InetSocketAddress(InetAddress.ofLiteral(HOST), port + i))
                    .close();
        }
    }

    @Test
    void aRoomWorksOverSockets() {
        // Room: each hears all others and not itself.
        Room room = engine.openRoom("AC1");
        List<Line> lines = List.of(line(500, G711.PCMU), line(1000, G711.PCMA), line(1500, G711.PCMU));
        lines.forEach(line -> line.session().join(room));
        for (Line line : lines) {
            line.hears(
                    world,
                    10,
                    packet -> lines.stream().allMatch(other -> packet.has(other.phone()) != other.equals(line)));
        }
        room.close();
        closed(lines);
    }

    @Test
    void strangersAndGarbageAreDroppedAndCounted() throws IOException {
        // Reference: reliability M1, M2; RFC 3550 A.1.
        Line alice = line(500, G711.PCMU);
        Line bob = line(1000, G711.PCMU);
        alice.session().bridge(bob.session());
        bob.session().bridge(alice.session());
        bob.hears(world, 5, packet -> packet.has(500));
        String sdp = new String(alice.session().offer(), StandardCharsets.US_ASCII);
        int at = sdp.indexOf("m=audio ") + 8;
        InetSocketAddress target = new InetSocketAddress(
                InetAddress.ofLiteral(HOST), Integer.parseInt(sdp.substring(at, sdp.indexOf(' ', at))));
        DatagramPort stranger = world.network().bindDatagram(new InetSocketAddress(InetAddress.ofLiteral(HOST), 0));
        Mailbox<Boolean> clock = world.mailbox("clock", 1);
        while (engine.counters().strangers() < 20 || engine.counters().malformed() < 20) {
            byte[] packet = new byte[172];
            packet[0] = (byte) 0x80;
            stranger.send(ByteBuffer.wrap(packet), target);
            stranger.send(ByteBuffer.allocate(65_000), target);
            stranger.send(ByteBuffer.allocate(3), target);
            assertEquals(Optional.empty(), clock.take(world.time().after(Duration.ofMillis(5))));
        }
        bob.hears(world, 10, packet -> packet.has(500) && packet.payload().length == 160);
        stranger.close();
        closed(List.of(alice, bob));
    }

    @Test
    void aRecordingIsAFileThatCanBePlayed(@TempDir Path folder) throws IOException {
        // MediaSession.record into WavRecording; a mixed sound is heard over the bridge and is in it.
        Path file = folder.resolve("call.wav");
        Line alice = line(500, G711.PCMU);
        Line bob = line(1000, G711.PCMA);
        alice.session().bridge(bob.session());
        bob.session().bridge(alice.session());
        Mailbox<WavRecording.Kept> kept = world.mailbox("kept", 1);
        alice.session().record(3, WavRecording.start(world, file, Tracks.MONO, kept::post), Tracks.MONO);
        alice.session().mix(4, Sound.tone(2500, Duration.ofMillis(400), -12), 0);
        alice.hears(world, 1, packet -> packet.has(1000) && packet.has(2500));
        long since = world.time().nanos();
        alice.hears(world, 75, packet -> packet.has(1000) && packet.has(2500));
        long recorded = (world.time().nanos() - since) / 1_000_000;
        alice.session().stopRecording(3);
        WavRecording.Kept whole = kept.take(world.time().after(PATIENCE)).orElseThrow();
        // The recording began before the first such packet and goes on until now; both ends are whole frames.
        assertTrue(
                whole.whole() && whole.length().toMillis() >= recorded - 20, () -> "in " + recorded + " ms: " + whole);
        alice.isTold(world, new MediaEvent.RecordingStopped(3, whole.length(), false));
        short[] samples = WavFile.read(Files.readAllBytes(file)).values();
        assertEquals(whole.length().toMillis() * 8, samples.length);
        int frames = samples.length / 160;
        int good = 0;
        for (int i = 0; i < frames; i++) {
            short[] frame = Arrays.copyOfRange(samples, i * 160, i * 160 + 160);
            Heard as = new Heard(0, 0, false, 0, 0, 0, G711.PCMU.encode(frame));
            good += as.has(500) && as.has(1000) && as.has(2500) ? 1 : 0;
        }
        int all = good;
        assertTrue(all > frames * 3 / 4, () -> all + " of " + frames + " frames have all three tones");
        closed(List.of(alice, bob));
    }
}
