package teleapi.media;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import teleapi.media.codec.G711;
import teleapi.media.sound.Beep;
import teleapi.media.sound.Mp3File;
import teleapi.media.sound.Resampler;
import teleapi.media.sound.Ringback;
import teleapi.media.sound.WaitMusic;
import teleapi.media.sound.WavFile;

/**
 * A decoded sound, shared by all who play it.
 *
 * <pre>
 * Shape   signed 16-bit, mono, 8 kHz
 * Thread  immutable
 * Errors  {@link #file}, {@link #wav} and {@link #basic} throw SoundException with the reason for bytes it cannot use
 * </pre>
 */
public final class Sound {
    /** Half an hour: 58 MB with both encodings. What is longer is a stream, not a sound. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private static final int RATE = 8000;

    private final short[] samples;
    private final byte[] ulaw;
    private final byte[] alaw;

    /** The sounds that we make ourselves; made when the first of them is asked for (some 5 MB). */
    private static final class BuiltIn {
        private static final Sound MUSIC = new Sound(WaitMusic.samples());
        private static final Sound BEEP = new Sound(Beep.samples());
        private static final Map<Ringback, Sound> RINGBACKS = Arrays.stream(Ringback.values())
                .collect(toUnmodifiableMap(kind -> kind, kind -> new Sound(kind.samples())));
    }

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
        return new Sound(Resampler.to8k(WavFile.read(file)));
    }

    /** Reads a WAV or an MP3, whichever its first bytes say. */
    public static Sound file(byte[] file) {
        return Mp3File.begins(file) ? new Sound(Resampler.to8k(Mp3File.read(file))) : wav(file);
    }

    /** Takes audio/basic without a header, a raw .ulaw file: µ-law, mono, 8 kHz (RFC 2046 §4.3). */
    public static Sound basic(byte[] octets) {
        if (octets.length > LONGEST.toSeconds() * RATE) {
            throw new SoundException("sound of " + octets.length / RATE + " s, limit " + LONGEST.toSeconds());
        }
        return new Sound(G711.PCMU.decode(octets));
    }

    /** A pure tone; {@code dbfs} is its level below the loudest sine there is (0). */
    public static Sound tone(double hertz, Duration length, double dbfs) {
        if (!(hertz > 0 && hertz < RATE / 2.0) || !(dbfs <= 0)) {
            throw new IllegalArgumentException(
                    "a tone of " + hertz + " Hz at " + dbfs + " dBFS cannot be had at 8 kHz");
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

    /**
     * What a caller hears while the other side rings: {@code country} such as us, uk, de, fr; one full cadence, to be looped. A country
     * we do not know rings as us.
     */
    public static Sound ringback(String country) {
        return Objects.requireNonNull(BuiltIn.RINGBACKS.get(Ringback.of(country)));
    }

    /** The built-in wait music of conferences: generated, not recorded. */
    public static Sound music() {
        return BuiltIn.MUSIC;
    }

    /** The short beep on entering or leaving a conference. */
    public static Sound beep() {
        return BuiltIn.BEEP;
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
