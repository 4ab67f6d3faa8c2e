package teleapi.media.speech;

import teleapi.media.Sound;
import teleapi.media.SoundException;

/**
 * Makes speech.
 *
 * <pre>
 * Thread  any; it takes its time: call it only from work started with World.start
 * Errors  SoundException when the text cannot be spoken, with the reason
 * </pre>
 */
public interface SpeechEngine {
    /**
     * Speaks {@code text}.
     *
     * @param language a BCP 47 tag such as en-US
     * @param voice man, woman, or a name the engine knows
     */
    Sound speak(String text, String language, String voice) throws SoundException;

    /** Its name, for the log and /health. */
    String name();
}
