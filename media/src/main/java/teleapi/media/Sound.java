package teleapi.media;

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
    private Sound() {}

    public static Sound of(short[] samples) {
        throw new UnsupportedOperationException();
    }

    /** Reads a WAV (PCM 8, 16, 24, 32 bit, float, A-law, µ-law; any rate from 4 to 192 kHz; several channels are mixed to one). */
    public static Sound wav(byte[] file) {
        throw new UnsupportedOperationException();
    }

    /** A pure tone. */
    public static Sound tone(double hertz, java.time.Duration length, double dbfs) {
        throw new UnsupportedOperationException();
    }

    /** Silence of some length. */
    public static Sound silence(java.time.Duration length) {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }
}
