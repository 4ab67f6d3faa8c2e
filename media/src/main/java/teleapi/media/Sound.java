package teleapi.media;

import java.time.Duration;
import teleapi.media.codec.G711;

/**
 * A decoded sound, shared by all who play it.
 *
 * <pre>
 * Shape   signed 16-bit, mono, 8 kHz
 * Thread  immutable
 * Errors  {@link #wav} throws SoundException with the reason for bytes it cannot use
 * </pre>
 */
public final class Sound {
    /** An hour: 115 MB with both encodings. What is longer is a stream, not a sound. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final int RATE = 8000;

    private final short[] samples;
    private final byte[] ulaw;
    private final byte[] alaw;

    private Sound(short[] samples) {
        this.samples = samples;
        // Coded once, here: hundreds of calls play the same prompt, and a media loop then only copies.
        this.ulaw = G711.PCMU.encode(samples);
        this.alaw = G711.PCMA.encode(samples);
    }

    /** Takes the samples as they are at this moment. */
    public static Sound of(short[] samples) {
        return new Sound(samples.clone());
    }

    /** Reads a WAV (PCM 8, 16, 24, 32 bit, float, A-law, µ-law; any rate from 4 to 192 kHz; several channels are mixed to one). */
    public static Sound wav(byte[] file) {
        throw new UnsupportedOperationException();
    }

    /** A pure tone; {@code dbfs} is its level below the loudest sine there is (0). */
    public static Sound tone(double hertz, Duration length, double dbfs) {
        if (!(hertz > 0 && hertz < RATE / 2.0) || !(dbfs <= 0)) {
            throw new IllegalArgumentException("a tone of " + hertz + " Hz at " + dbfs + " dBFS cannot be had at 8 kHz");
        }
        double peak = Short.MAX_VALUE * Math.pow(10, dbfs / 20);
        double step = 2 * Math.PI * hertz / RATE;
        short[] samples = new short[samplesIn(length)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.round(peak * Math.sin(step * i));
        }
        return new Sound(samples);
    }

    /** Silence of some length. */
    public static Sound silence(Duration length) {
        return new Sound(new short[samplesIn(length)]);
    }

    /** What a caller hears while the other side rings: {@code country} such as us, uk, de, fr; one full cadence, to be looped. */
    public static Sound ringback(String country) {
        throw new UnsupportedOperationException();
    }

    /** The built-in wait music of conferences: generated, not recorded. */
    public static Sound music() {
        throw new UnsupportedOperationException();
    }

    /** The short beep on entering or leaving a conference. */
    public static Sound beep() {
        throw new UnsupportedOperationException();
    }

    /** Samples at 8 kHz. */
    public int length() {
        return samples.length;
    }

    /** The samples themselves, shared: read only. */
    public short[] samples() {
        return samples;
    }

    /** The whole sound in µ-law, as RTP carries it; shared: read only. */
    public byte[] ulaw() {
        return ulaw;
    }

    /** The whole sound in A-law, as RTP carries it; shared: read only. */
    public byte[] alaw() {
        return alaw;
    }

    /** The whole sound in that law; shared: read only. */
    public byte[] encoded(G711 law) {
        return switch (law) {
            case PCMU -> ulaw;
            case PCMA -> alaw;
        };
    }

    private static int samplesIn(Duration length) {
        if (length.isNegative() || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a sound lasts from 0 to " + LONGEST + ", not " + length);
        }
        return (int) (length.toNanos() * RATE / 1_000_000_000L);
    }
}
