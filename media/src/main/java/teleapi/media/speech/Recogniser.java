package teleapi.media.speech;

import teleapi.media.SoundException;

/**
 * Understands speech.
 *
 * <pre>
 * Shape   samples are signed 16-bit, mono, 8 kHz; whole utterances
 * Thread  any, several at once; it takes its time, but not more than a limit of its own: {@link Recognition} calls it
 * Errors  SoundException when it cannot work, with the reason; that nothing was understood is no error
 * </pre>
 */
public interface Recogniser {
    /** Whether it understands a language (BCP 47). */
    boolean understands(String language);

    Heard recognise(short[] samples, Expected expected) throws SoundException;

    /** Its name, for the log and /health. */
    String name();
}
