package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.Codec;
import teleapi.media.codec.G711;
import teleapi.media.codec.Wideband;

/** Who hears whom with every codec, and how well (ADR-0021). */
final class CodecsTest {
    private record Line(CodecPhone phone, MediaSession session) {}

    private final Studio studio = new Studio(3);
    private final List<CodecPhone> phones = new ArrayList<>();

    private Line line(Codec codec, int hertz) {
        CodecPhone phone = new CodecPhone(studio.world, "10.0.2." + (phones.size() + 1), codec, hertz);
        phones.add(phone);
        MediaSession session = studio.open();
        Negotiation.Agreed agreed = assertInstanceOf(Negotiation.Agreed.class, session.answer(phone.sdp()));
        phone.takes(agreed.sdp());
        assertEquals(Optional.of(codec), session.codec());
        return new Line(phone, session);
    }

    private Line talking(Codec codec, int hertz) {
        Line line = line(codec, hertz);
        line.phone().talk();
        return line;
    }

    private static void bridge(Line one, Line other) {
        one.session().bridge(other.session());
        other.session().bridge(one.session());
    }

    private static void hangUp(Line... lines) {
        for (Line line : lines) {
            line.session().close();
            line.phone().hush();
        }
    }

    @AfterEach
    void closed() {
        phones.forEach(CodecPhone::close);
        studio.close();
    }

    @Test
    void everyPairHearsEachOther() {
        // RFC 3264: what two sides of a bridge speak is theirs; we translate where they differ.
        for (Codec one : Codec.all()) {
            for (Codec other : Codec.all()) {
                Line a = talking(one, 500);
                Line b = talking(other, 1200);
                bridge(a, b);
                studio.run(600);
                String pair = one + " and " + other;
                assertTrue(a.phone().hears(1200) && !a.phone().hears(500), pair);
                assertTrue(b.phone().hears(500) && !b.phone().hears(1200), pair);
                assertContinuous(a.phone(), one);
                assertContinuous(b.phone(), other);
                hangUp(a, b);
            }
        }
    }

    private static void assertContinuous(CodecPhone phone, Codec codec) {
        List<CodecPhone.Packet> packets = phone.received();
        for (int i = 1; i < packets.size(); i++) {
            assertEquals(
                    (packets.get(i - 1).sequence() + 1) & 0xffff, packets.get(i).sequence());
            assertEquals(
                    codec.units(20),
                    packets.get(i).timestamp() - packets.get(i - 1).timestamp());
        }
    }

    @Test
    void whatBothSpeakIsPassedOnAsItIs() {
        // Nothing is decoded that nobody needs decoded: the octets are the same, but for the ramp at G.711's beginning.
        for (Codec codec : Codec.all()) {
            Line a = talking(codec, 500);
            Line b = line(codec, 1200);
            bridge(a, b);
            studio.run(500);
            List<CodecPhone.Packet> got = b.phone().received();
            List<CodecPhone.Packet> said = a.phone().sent();
            assertTrue(got.size() > 20, codec::toString);
            int shift = said.size() - got.size();
            while (shift > 0
                    && !Arrays.equals(
                            said.get(shift + got.size() - 1).payload(),
                            got.getLast().payload())) {
                shift--;
            }
            for (int i = got.size() - 20; i < got.size(); i++) {
                assertArrayEquals(said.get(shift + i).payload(), got.get(i).payload(), codec::toString);
            }
            hangUp(a, b);
        }
    }

    @Test
    void whatIsAboveTheTelephoneBandIsHeardByThoseWhoCan() {
        // 5 kHz: over G.722 and Opus; and nothing of it, not as 3 kHz either, over G.711 (Nyquist).
        for (Codec one : List.of(Wideband.G722, Wideband.OPUS)) {
            for (Codec other : Codec.all()) {
                Line a = talking(one, 5000);
                Line b = line(other, 1200);
                bridge(a, b);
                studio.run(600);
                String pair = one + " to " + other;
                double low = b.phone().level(3000, 200);
                assertTrue(low < 30, () -> pair + ": 3 kHz at " + low);
                if (other instanceof Wideband) {
                    assertTrue(b.phone().hears(5000), pair);
                }
                hangUp(a, b);
            }
        }
    }

    @Test
    void aRoomOfAllCodecsIsHeardByAllAsWellAsTheyCan() {
        // RFC 4353: each hears all others and not itself; those of 16 kHz hear 5 kHz from each other.
        List<Line> lines = new ArrayList<>();
        Room room = studio.engine.openRoom("AC1");
        int[] tones = {400, 900, 1500, 5000};
        for (Codec codec : Codec.all()) {
            Line line = talking(codec, tones[lines.size()]);
            line.session().join(room);
            lines.add(line);
        }
        Line silent = line(Wideband.OPUS, 0);
        silent.session().join(room);
        studio.run(1000);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                boolean heard = i != j && (j < 3 || i >= 2);
                Line line = lines.get(i);
                int tone = tones[j];
                assertEquals(
                        heard, line.phone().hears(tone), () -> line.session().codec() + " hears " + tone);
            }
        }
        double alias = lines.getFirst().phone().level(3000, 200);
        assertTrue(alias < 60, () -> "3 kHz at " + alias);
        for (int tone : tones) {
            assertTrue(silent.phone().hears(tone), () -> "silent hears " + tone);
        }
        // Muted is muted at once, at both rates.
        lines.get(0).session().mute(true, 1);
        lines.get(2).session().mute(true, 2);
        studio.run(300);
        assertFalse(silent.phone().hears(400) || silent.phone().hears(1500));
        assertTrue(silent.phone().hears(900) && silent.phone().hears(5000));
        assertFalse(lines.get(1).phone().hears(400) || lines.get(1).phone().hears(1500));
        lines.forEach(CodecsTest::hangUp);
        hangUp(silent);
    }

    @Test
    void whoIsCoachedAtAnotherRateHearsTheCoachAlone() {
        // ADR-0015: a coach is heard by one; here over the border of the rates.
        Line agent = talking(G711.PCMU, 400);
        Line customer = talking(Wideband.G722, 900);
        Line coach = talking(Wideband.OPUS, 1500);
        Room room = studio.engine.openRoom("AC1");
        coach.session().coach(Optional.of(agent.session()));
        for (Line line : List.of(agent, customer, coach)) {
            line.session().join(room);
        }
        studio.run(600);
        assertTrue(agent.phone().hears(1500) && agent.phone().hears(900));
        assertFalse(customer.phone().hears(1500));
        assertTrue(customer.phone().hears(400));
        hangUp(agent, customer, coach);
    }

    @Test
    void aMutedPartyIsSilenceInEveryCodec() {
        // CONTRACT 2: whether the others hear this party; RTP goes on.
        for (Codec one : Codec.all()) {
            for (Codec other : Codec.all()) {
                Line a = talking(one, 500);
                Line b = line(other, 1200);
                bridge(a, b);
                studio.run(300);
                a.session().mute(true, 1);
                studio.run(400);
                assertTrue(
                        b.phone().peak(100) < 60,
                        () -> one + " to " + other + ": " + b.phone().peak(100));
                int packets = b.phone().received().size();
                a.session().mute(false, 2);
                studio.run(400);
                assertTrue(b.phone().hears(500), () -> one + " to " + other);
                assertTrue(packets > 25, () -> one + " to " + other);
                hangUp(a, b);
            }
        }
    }

    @Test
    void promptsAndWhispersAreHeardInEveryCodec() {
        // ADR-0011: a prompt instead of the other side, a mixed sound over it.
        Sound prompt = Sound.tone(700, Duration.ofSeconds(5), -12);
        for (Codec codec : Codec.all()) {
            Line a = talking(codec, 500);
            Line b = talking(codec, 1200);
            bridge(a, b);
            studio.run(200);
            a.session().play(Layer.VERB, 1, prompt, 1);
            studio.run(400);
            assertTrue(a.phone().hears(700) && !a.phone().hears(1200), codec::toString);
            a.session().stopPlayback(1);
            a.session().mix(2, prompt, 1);
            studio.run(400);
            assertTrue(a.phone().hears(700) && a.phone().hears(1200), codec::toString);
            a.session().stopPlayback(2);
            studio.run(400);
            assertTrue(!a.phone().hears(700) && a.phone().hears(1200), codec::toString);
            hangUp(a, b);
        }
    }

    @Test
    void keysPassFromOneClockToTheOther() {
        // RFC 4733 §2.1, §2.3.5: events count in the clock of their stream: 100 ms are 4800 beside Opus, 800 beside the
        // others.
        Line opus = talking(Wideband.OPUS, 500);
        Line narrow = talking(G711.PCMU, 1200);
        bridge(opus, narrow);
        studio.run(200);
        opus.phone().sends(CodecPhone.EVENTS, new byte[] {5, (byte) 0x8a, 0x12, (byte) 0xc0});
        narrow.phone().sends(CodecPhone.EVENTS, new byte[] {7, (byte) 0x8a, 0x03, 0x20});
        studio.run(200);
        assertTrue(studio.has(opus.session(), new MediaEvent.DigitPressed('5')));
        assertTrue(studio.has(narrow.session(), new MediaEvent.DigitPressed('7')));
        assertArrayEquals(new byte[] {5, (byte) 0x8a, 0x03, 0x20}, event(narrow.phone()));
        assertArrayEquals(new byte[] {7, (byte) 0x8a, 0x12, (byte) 0xc0}, event(opus.phone()));
        opus.session().sendDigits(1, "9");
        studio.until(opus.session(), new MediaEvent.DigitsSent(1));
        assertArrayEquals(new byte[] {9, (byte) 0x8a, 0x12, (byte) 0xc0}, event(opus.phone()));
        hangUp(opus, narrow);
    }

    private static byte[] event(CodecPhone phone) {
        return phone.received().stream()
                .filter(packet -> packet.type() == CodecPhone.EVENTS)
                .reduce((one, other) -> other)
                .orElseThrow()
                .payload();
    }

    @Test
    void keysInTheSoundAreFoundInEveryCodec() {
        // ITU-T Q.23: for peers without telephone-event; 697 and 1209 Hz are the 1.
        for (Codec codec : Codec.all()) {
            Line a = line(codec, 697);
            Line b = line(codec, 0);
            a.phone().saysToo(1209);
            a.session().listenForTones(true);
            bridge(a, b);
            a.phone().talk();
            studio.run(300);
            assertTrue(studio.has(a.session(), new MediaEvent.DigitPressed('1')), codec::toString);
            hangUp(a, b);
        }
    }

    @Test
    void aRecordingHasBothSidesOfEveryPair() {
        // ADR-0014: recordings are of 8 kHz whatever is spoken.
        for (Codec one : Codec.all()) {
            for (Codec other : Codec.all()) {
                Line a = talking(one, 500);
                Line b = talking(other, 1200);
                bridge(a, b);
                studio.run(100);
                Tape tape = new Tape(Tracks.DUAL, 100_000, false);
                a.session().record(1, tape, Tracks.DUAL);
                studio.run(1000);
                a.session().stopRecording(1);
                studio.run(300);
                String pair = one + " and " + other;
                assertTrue(tape.level(0, 25, 500) > 3000 && tape.level(0, 25, 1200) < 700, pair);
                assertTrue(tape.level(1, 25, 1200) > 3000 && tape.level(1, 25, 500) < 700, pair);
                hangUp(a, b);
            }
        }
    }

    @Test
    void whatIsLostIsMadeUpForWhereItIsDecoded() {
        // Every fifth packet is lost: no gap of more than a few ms where sound is coded anew.
        for (Codec one : Codec.all()) {
            Line a = talking(one, 500);
            Line b = line(one == Wideband.G722 ? G711.PCMU : Wideband.G722, 1200);
            a.phone().loses();
            bridge(a, b);
            studio.run(800);
            assertTrue(
                    b.phone().longestGap(400) < 10,
                    () -> one + " bridge: " + b.phone().longestGap(400));
            hangUp(a, b);
        }
    }

    @Test
    void whatIsLostIsMadeUpForInARoom() {
        // ADR-0021: also when the next packet is not here yet as the lost one is due, whenever that is between two
        // beats. A tone of 500 Hz
        // and 8000 rises by 3141 in 1/8000 s.
        for (Codec one : Codec.all()) {
            for (int phase = 0; phase < 20; phase += 3) {
                Line a = talking(one, 500);
                Line b = line(one == Wideband.G722 ? G711.PCMU : Wideband.G722, 0);
                a.phone().loses();
                studio.run(phase);
                Room room = studio.engine.openRoom("AC1");
                a.session().join(room);
                b.session().join(room);
                studio.run(1100);
                double softest = b.phone().softest(1000);
                String which = one + " after " + phase + " ms";
                // Opus makes up for itself, and not well for a tone.
                assertTrue(softest > (one == Wideband.OPUS ? -25 : -4), () -> which + ": " + softest + " dB");
                assertTrue(
                        b.phone().steepest() < 5000,
                        () -> which + " clicks: " + b.phone().steepest());
                hangUp(a, b);
            }
        }
    }

    @Test
    void comfortNoiseIsSilenceThatCanBeHeard() {
        // RFC 3389: not agreed on, and understood all the same, passed on or coded anew; no key, no tone, no click, no
        // hole.
        for (Codec one : List.of(G711.PCMU, Wideband.G722)) {
            for (Codec other : Codec.all()) {
                Line a = talking(one, 500);
                Line b = line(other, 1200);
                bridge(a, b);
                studio.run(300);
                a.phone().hush();
                studio.run(20);
                a.phone().sends(13, new byte[] {45});
                studio.run(600);
                String pair = one + " to " + other;
                int peak = b.phone().peak(200);
                assertTrue(peak > 100 && peak < 600, () -> pair + ": " + peak);
                assertFalse(b.phone().hears(500));
                assertTrue(
                        studio.toldBy(a.session()).isEmpty(),
                        () -> studio.toldBy(a.session()).toString());
                a.phone().talk();
                studio.run(300);
                assertTrue(b.phone().hears(500), pair);
                if (one != other || one instanceof G711) {
                    assertTrue(
                            b.phone().steepest() < 5000,
                            () -> pair + " clicks: " + b.phone().steepest());
                }
                assertNumbersGoOn(b.phone());
                assertTrue(b.phone().received().size() > 55, pair);
                hangUp(a, b);
            }
        }
    }

    private static void assertNumbersGoOn(CodecPhone phone) {
        List<CodecPhone.Packet> packets = phone.received();
        for (int i = 1; i < packets.size(); i++) {
            assertEquals(
                    (packets.get(i - 1).sequence() + 1) & 0xffff, packets.get(i).sequence());
        }
    }

    @Test
    void aReInviteChangesTheCodecOfALiveBridge() {
        // RFC 3264 §8.3.2: formats may change; the other side hears no difference.
        Line a = talking(G711.PCMU, 500);
        Line b = talking(G711.PCMA, 1200);
        bridge(a, b);
        studio.run(300);
        CodecPhone better = new CodecPhone(studio.world, "10.0.2.77", Wideband.OPUS, 800);
        phones.add(better);
        Negotiation.Agreed agreed =
                assertInstanceOf(Negotiation.Agreed.class, a.session().answer(better.sdp()));
        a.phone().hush();
        better.takes(agreed.sdp());
        better.talk();
        studio.run(600);
        assertTrue(b.phone().hears(800) && !b.phone().hears(500));
        assertTrue(better.hears(1200));
        hangUp(a, b);
        better.hush();
    }

    @Test
    void switchesDoNotClick() {
        // Issue 4: 5 ms ramps. Between two samples of a tone of 300 Hz and this loudness there is less than 2000; a cut
        // would be up to 16000.
        for (Codec codec : List.of(G711.PCMU, G711.PCMA)) {
            Line a = talking(codec, 300);
            Line b = line(codec, 0);
            bridge(a, b);
            Sound prompt = Sound.tone(310, Duration.ofSeconds(5), -12);
            for (int i = 0; i < 10; i++) {
                studio.run(163);
                b.session().play(Layer.VERB, i, prompt, 1);
                studio.run(127);
                b.session().stopPlayback(i);
            }
            assertTrue(
                    b.phone().steepest() < 4500, () -> codec + ": " + b.phone().steepest());
            hangUp(a, b);
        }
    }
}
