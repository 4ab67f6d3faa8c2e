package teleapi.media.speech;

import com.sun.speech.freetts.Voice;
import com.sun.speech.freetts.en.us.cmu_us_kal.KevinVoiceDirectory;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import teleapi.media.Sound;
import teleapi.media.SoundException;
import teleapi.media.sound.Resampler;
import teleapi.media.sound.Samples;

/**
 * FreeTTS in this process: American English, one man's voice, always there.
 *
 * <pre>
 * Shape   a voice is not made for two at a time and takes 0.2 s to load: each text borrows one, and some are kept. Its VoiceManager, which reads
 *         system properties and keeps statics, is not used
 * Thread  any
 * </pre>
 */
final class FreeTts implements Speaker {
    // Owned by nobody: the queue of idle voices is safe for all, a borrowed voice belongs to its borrower.

    /** Some 10 MB each. */
    private static final int MOST_IDLE = 4;

    private final Queue<Voice> idle = new ConcurrentLinkedQueue<>();

    @Override
    public String name() {
        return "freetts";
    }

    @Override
    public boolean speaks(Language language) {
        return language.isEnglish();
    }

    @Override
    public Sound say(String text, Language language, String name) {
        Voice kept = idle.poll();
        Voice voice = kept == null ? load() : kept;
        CollectedSpeech speech = new CollectedSpeech();
        boolean spoken;
        try {
            voice.setAudioPlayer(speech);
            spoken = voice.speak(text);
        } catch (RuntimeException | StackOverflowError broken) {
            // Old code that has never been told of hostile texts: the voice is not used again, and the call hears of it
            // as of any failure.
            throw new SoundException("freetts failed: " + broken);
        }
        if (!spoken) {
            throw new SoundException("freetts could not speak the text");
        }
        if (idle.size() < MOST_IDLE) {
            idle.add(voice);
        }
        return Sound.of(Resampler.to8k(new Samples(speech.rate(), speech.samples())));
    }

    private static Voice load() {
        Voice voice = Arrays.stream(new KevinVoiceDirectory().getVoices())
                .filter(one -> one.getName().equals("kevin16"))
                .findFirst()
                .orElseThrow(() -> new SoundException("freetts has no voice kevin16"));
        voice.allocate();
        return voice;
    }
}
