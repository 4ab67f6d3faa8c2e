package teleapi.media.mix;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import teleapi.media.MediaEvent;
import teleapi.media.codec.G711;
import teleapi.media.dtmf.KeyDetector;

/** What is understood of what one peer says, while it is asked for: keys in the sound, and that it speaks. */
final class Listening {
    // Owned by the thread of the media loop.

    private final Consumer<MediaEvent> told;
    private final short[] samples;
    private @Nullable KeyDetector keys;
    private @Nullable SpeechLevel speech;
    private boolean sendsEvents;

    Listening(Scratch scratch, Consumer<MediaEvent> told) {
        this.samples = scratch.samples;
        this.told = told;
    }

    void forTones(boolean on) {
        if (!on) {
            keys = null;
        } else if (keys == null) {
            keys = new KeyDetector(key -> told.accept(new MediaEvent.DigitPressed(key.digit())));
        }
    }

    void forSpeech(boolean on) {
        if (!on) {
            speech = null;
        } else if (speech == null) {
            speech = new SpeechLevel(
                    begins -> told.accept(begins ? new MediaEvent.SpeechStarted() : new MediaEvent.SpeechStopped()));
        }
    }

    /** The peer sends telephone-events: a key in its sound would be the same press again. */
    void sendsEvents() {
        sendsEvents = true;
    }

    void voice(G711 law, byte[] octets, int count) {
        if (keys != null && !sendsEvents) {
            law.decode(octets, 0, samples, 0, count);
            keys.hear(samples, 0, count);
        }
    }

    /** In a room: 20 ms of which {@code heard} says whether the others hear them. */
    void inRoom(short[] frame, boolean heard) {
        if (speech != null) {
            speech.hear(frame, heard);
        }
    }

    void outOfRoom() {
        if (speech != null) {
            speech.stop();
        }
    }
}
