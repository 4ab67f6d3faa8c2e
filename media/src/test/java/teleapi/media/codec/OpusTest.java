package teleapi.media.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Both ways to code Opus, with each other. Where libopus is not installed, one remains. */
final class OpusTest {
    private static final int FRAME = 320;

    private static final List<Opus> ALL =
            Stream.concat(Libopus.find().stream(), Stream.of(new Concentus())).toList();

    private static short[] tone(int hertz, int frames) {
        short[] samples = new short[frames * FRAME];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.round(8000 * Math.sin(2 * Math.PI * hertz * i / Wideband.RATE));
        }
        return samples;
    }

    private static double level(short[] samples, int from, int count, int hertz) {
        double re = 0;
        double im = 0;
        for (int i = from; i < from + count; i++) {
            re += samples[i] * Math.cos(2 * Math.PI * hertz * i / Wideband.RATE);
            im += samples[i] * Math.sin(2 * Math.PI * hertz * i / Wideband.RATE);
        }
        return 2 * Math.hypot(re, im) / count;
    }

    @Test
    void eachUnderstandsEach() {
        // RFC 6716: what one encoder says, every decoder understands; up to 7 kHz and beyond.
        for (Opus speaks : ALL) {
            for (Opus hears : ALL) {
                for (int hertz : new int[] {1000, 5000}) {
                    short[] sent = tone(hertz, 50);
                    short[] heard = new short[sent.length + Wideband.LONGEST];
                    byte[] octets = new byte[SoundEncoder.LARGEST];
                    try (SoundEncoder encoder = speaks.encoder();
                            SoundDecoder decoder = hears.decoder()) {
                        for (int at = 0; at < sent.length; at += FRAME) {
                            int length = encoder.encode(sent, at, octets, 0);
                            assertEquals(FRAME, Wideband.OPUS.samplesIn(octets, 0, length));
                            assertEquals(FRAME, decoder.decode(octets, 0, length, heard, at));
                        }
                    }
                    double level = level(heard, 8000, 8000, hertz);
                    assertTrue(
                            level > 4000, () -> speaks.name() + " to " + hears.name() + ", " + hertz + " Hz: " + level);
                }
            }
        }
    }

    @Test
    void whatIsLostIsMadeUpFor() {
        // RFC 6716 §4.4, §2.1.7: of two lost frames in a row the tone goes on.
        for (Opus opus : ALL) {
            short[] sent = tone(500, 50);
            short[] heard = new short[sent.length + Wideband.LONGEST];
            byte[] octets = new byte[SoundEncoder.LARGEST];
            try (SoundEncoder encoder = opus.encoder();
                    SoundDecoder decoder = opus.decoder()) {
                for (int frame = 0; frame < 50; frame++) {
                    int at = frame * FRAME;
                    int length = encoder.encode(sent, at, octets, 0);
                    if (frame == 32) {
                        assertEquals(2 * FRAME, decoder.conceal(octets, 0, length, heard, at - 2 * FRAME, 2 * FRAME));
                    }
                    if (frame != 30 && frame != 31) {
                        decoder.decode(octets, 0, length, heard, at);
                    }
                }
            }
            double level = level(heard, 30 * FRAME, 2 * FRAME, 500);
            assertTrue(level > 1000, () -> opus.name() + ": " + level);
        }
    }

    @Test
    void garbageIsNoSound() {
        // From a stranger comes anything.
        Random random = new Random(1);
        short[] samples = new short[2 * Wideband.LONGEST];
        for (Opus opus : ALL) {
            try (SoundDecoder decoder = opus.decoder()) {
                for (int i = 0; i < 500; i++) {
                    byte[] octets = new byte[random.nextInt(120)];
                    random.nextBytes(octets);
                    int length = decoder.decode(octets, 0, octets.length, samples, 0);
                    assertTrue(length >= 0 && length <= Wideband.LONGEST, () -> opus.name() + ": " + length);
                }
            }
        }
    }

    @Test
    void theFirstOctetsTellHowLongItIs() {
        // RFC 6716 table 2, §3.2: SILK 10 to 60 ms, hybrid 10 and 20, CELT 2.5 to 20; one, two or a counted number of
        // frames.
        assertEquals(960, OpusPacket.samplesAt48k(new byte[] {1 << 3}, 0, 1));
        assertEquals(2880, OpusPacket.samplesAt48k(new byte[] {3 << 3}, 0, 1));
        assertEquals(960, OpusPacket.samplesAt48k(new byte[] {13 << 3}, 0, 1));
        assertEquals(240, OpusPacket.samplesAt48k(new byte[] {(byte) ((16 << 3) | 1)}, 0, 1));
        assertEquals(2880, OpusPacket.samplesAt48k(new byte[] {(1 << 3) | 3, 3}, 0, 2));
        assertEquals(0, OpusPacket.samplesAt48k(new byte[] {(3 << 3) | 3, 3}, 0, 2), "longer than 120 ms");
        assertEquals(0, OpusPacket.samplesAt48k(new byte[0], 0, 0));
    }
}
