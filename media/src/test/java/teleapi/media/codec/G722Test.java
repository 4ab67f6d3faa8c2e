package teleapi.media.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * G.722 bit by bit.
 *
 * <p>{@code g722-encoded.bin} is {@link #signal} as libspandsp 0.0.6 (Debian's libspandsp2, g722_encode at 64 kbit/s) codes it,
 * {@code g722-decoded.bin} what its g722_decode makes of that: 16 bits, little-endian.
 */
final class G722Test {
    private static final int LENGTH = 9600;

    /** A sawtooth going up and down through all frequencies, with noise, both from very soft to too loud; in integers, so that it is the same everywhere. */
    private static short[] signal() {
        short[] samples = new short[LENGTH];
        long chance = 1;
        int phase = 0;
        int step = 200;
        for (int i = 0; i < LENGTH; i++) {
            chance = (chance * 1_103_515_245 + 12_345) & 0x7fff_ffff;
            phase = (phase + step) & 0xffff;
            if (i % 7 == 0) {
                step = 200 + i * 3 % 30_000;
            }
            int triangle = (phase < 32_768 ? phase : 65_535 - phase) - 16_384;
            int envelope = i / 4000 % 2 == 0 ? i * 2 % 8000 : 8000 - i * 2 % 8000;
            int noise = (int) ((chance >> 15) & 0xffff) - 32_768;
            int value = Math.floorDiv(triangle * envelope, 8000) + Math.floorDiv(noise * (i / 2000 % 4), 32);
            value = i >= 6000 && i < 7000 ? value * 2 : value;
            samples[i] = (short) Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return samples;
    }

    private static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(G722Test.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] encoded(short[] samples) {
        byte[] octets = new byte[samples.length / 2];
        try (SoundEncoder encoder = Wideband.G722.encoder()) {
            for (int from = 0; from < samples.length; from += 320) {
                assertEquals(160, encoder.encode(samples, from, octets, from / 2));
            }
        }
        return octets;
    }

    /** In pieces of changing length, as packets come. */
    private static short[] decoded(byte[] octets) {
        short[] samples = new short[octets.length * 2];
        try (SoundDecoder decoder = Wideband.G722.decoder()) {
            int piece = 1;
            for (int at = 0; at < octets.length; at += piece) {
                piece = Math.min(piece * 3 % 200 + 1, octets.length - at);
                assertEquals(2 * piece, decoder.decode(octets, at, piece, samples, 2 * at));
            }
        }
        return samples;
    }

    @Test
    void codesAsAnotherDoes() {
        // ITU-T G.722 is exact to the bit.
        assertArrayEquals(resource("g722-encoded.bin"), encoded(signal()));
    }

    @Test
    void understandsAsAnotherDoes() {
        // The same in the other direction.
        short[] expected = new short[LENGTH];
        ByteBuffer.wrap(resource("g722-decoded.bin"))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(expected);
        assertArrayEquals(expected, decoded(resource("g722-encoded.bin")));
    }

    @Test
    void everyOctetIsUnderstood() {
        // From a stranger comes anything: no octet, in any state, leads out of 16 bits or throws.
        byte[] octets = new byte[65_536];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (i * 31 + (i >> 8) * 7);
        }
        assertEquals(octets.length * 2, decoded(octets).length);
    }

    @Test
    void aToneComesBackAsItWas() {
        // ITU-T G.722 §2: the band is 50 to 7000 Hz; 64 kbit/s gives some 35 dB for a tone in the lower, 17 dB in the
        // upper band.
        assertTrue(signalToNoise(1000) > 35, () -> "at 1000 Hz " + signalToNoise(1000));
        assertTrue(signalToNoise(5000) > 15, () -> "at 5000 Hz " + signalToNoise(5000));
    }

    /** In dB: what lies on the tone against all else. */
    private static double signalToNoise(int hertz) {
        short[] samples = new short[16_000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.round(8000 * Math.sin(2 * Math.PI * hertz * i / Wideband.RATE));
        }
        short[] heard = decoded(encoded(samples));
        double re = 0;
        double im = 0;
        double all = 0;
        for (int i = 8000; i < heard.length; i++) {
            re += heard[i] * Math.cos(2 * Math.PI * hertz * i / Wideband.RATE);
            im += heard[i] * Math.sin(2 * Math.PI * hertz * i / Wideband.RATE);
            all += (double) heard[i] * heard[i];
        }
        double tone = 2 * (re * re + im * im) / 8000;
        return 10 * Math.log10(tone / (all - tone));
    }
}
