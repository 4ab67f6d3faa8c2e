package teleapi.media.mix;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import teleapi.media.MediaEvent;
import teleapi.media.codec.G711;
import teleapi.media.codec.Wideband;
import teleapi.media.dtmf.Key;
import teleapi.media.dtmf.KeyDetector;
import teleapi.media.rtp.RtpPacket;

/** What is understood of what one peer says, while it is asked for: keys in the sound, that it speaks, and what is to be recognised. */
final class Listening {
    // Owned by the thread of the media loop.

    /** One of a document, one of a document over it. */
    private static final int MOST_UTTERANCES = 2;

    private final Consumer<MediaEvent> told;
    private final short[] samples;
    private final List<Utterance> utterances = new ArrayList<>(MOST_UTTERANCES);
    private @Nullable KeyDetector keys;
    private @Nullable SpeechLevel speech;
    private boolean sendsEvents;
    private boolean keepsStar;

    Listening(Scratch scratch, Consumer<MediaEvent> told) {
        this.samples = scratch.samples;
        this.told = told;
    }

    void take(MediaMessage.Heed heed) {
        switch (heed) {
            case MediaMessage.ListenForTones listen -> forTones(listen.on());
            case MediaMessage.KeepStar keep -> keepsStar = keep.on();
            case MediaMessage.ListenForSpeech listen -> forSpeech(listen.on());
            case MediaMessage.EndUtterance end -> endUtterance(end.utterance());
        }
    }

    /** Whether a press is for us alone. */
    boolean keeps(ByteBuffer datagram, RtpPacket event) {
        return keepsStar && event.payloadLength() > 0 && datagram.get(event.payloadAt()) == Key.STAR.code();
    }

    private void forTones(boolean on) {
        if (!on) {
            keys = null;
        } else if (keys == null) {
            keys = new KeyDetector(key -> told.accept(new MediaEvent.DigitPressed(key.digit())));
        }
    }

    private void forSpeech(boolean on) {
        if (!on) {
            speech = null;
        } else if (speech == null) {
            speech = new SpeechLevel(
                    begins -> told.accept(begins ? new MediaEvent.SpeechStarted() : new MediaEvent.SpeechStopped()));
        }
    }

    void forUtterance(MediaMessage.ListenForUtterance wanted, long now) {
        long number = wanted.utterance();
        if (utterances.size() == MOST_UTTERANCES) {
            wanted.sink().end(false, Duration.ZERO, complete -> {});
            told.accept(new MediaEvent.UtteranceEnded(number));
            return;
        }
        utterances.add(new Utterance(
                number, wanted.sink(), wanted.limits(), now, () -> told.accept(new MediaEvent.UtteranceBegan(number))));
    }

    private void endUtterance(long number) {
        for (int i = utterances.size() - 1; i >= 0; i--) {
            if (utterances.get(i).number() == number) {
                endOne(i);
            }
        }
    }

    void endUtterances() {
        for (int i = utterances.size() - 1; i >= 0; i--) {
            endOne(i);
        }
    }

    private void endOne(int which) {
        Utterance over = utterances.remove(which);
        over.end();
        told.accept(new MediaEvent.UtteranceEnded(over.number()));
    }

    /** Whether something has to be done at each beat. */
    boolean any() {
        return !utterances.isEmpty();
    }

    void beat(long now) {
        for (int i = utterances.size() - 1; i >= 0; i--) {
            if (!utterances.get(i).beat(now)) {
                endOne(i);
            }
        }
    }

    /** The peer sends telephone-events: a key in its sound would be the same press again. */
    void sendsEvents() {
        sendsEvents = true;
    }

    void voice(Voice voice) {
        if (keys == null || sendsEvents) {
            return;
        }
        switch (voice.codec()) {
            case G711 law -> {
                law.decode(voice.octets(), 0, samples, 0, voice.count());
                keys.hear(samples, 0, voice.count());
            }
            case Wideband wide -> {
                short[] narrow = voice.narrow();
                keys.hear(narrow, 0, voice.length());
            }
        }
    }

    /** What is said aloud: not while it is muted. */
    void said(Voice voice) {
        for (int i = 0; i < utterances.size(); i++) {
            utterances.get(i).says(voice);
        }
    }

    void sourceBeganAnew() {
        for (int i = 0; i < utterances.size(); i++) {
            utterances.get(i).sourceBeganAnew();
        }
    }

    /** In a room: 20 ms of which {@code heard} says whether the others hear them. */
    void inRoom(short[] frame, int count, boolean heard) {
        if (speech != null) {
            speech.hear(frame, count, heard);
        }
    }

    void outOfRoom() {
        if (speech != null) {
            speech.stop();
        }
    }
}
