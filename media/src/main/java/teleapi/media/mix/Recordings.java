package teleapi.media.mix;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import teleapi.media.MediaEvent;
import teleapi.media.SoundSink;
import teleapi.media.codec.G711;
import teleapi.runtime.Time;

/** The recordings of one party. While there are none, they cost a look at an empty list. */
final class Recordings {
    // Owned by the thread of the media loop.

    /** One for the document, one for the API, one for the Dial, one to spare; each has some 200 KB. */
    private static final int MOST = 4;

    /** As many as a call may stream; each has some 20 KB. */
    private static final int MOST_FORKS = 4;

    private final MediaLoop loop;
    private final Time time;
    private final Party party;
    private final List<Recording> running = new ArrayList<>(MOST + MOST_FORKS);
    private int forks;

    Recordings(MediaLoop loop, Party party) {
        this.loop = loop;
        this.time = loop.world().time();
        this.party = party;
    }

    boolean any() {
        return !running.isEmpty();
    }

    void start(MediaMessage.StartRecording wanted, boolean muted) {
        if (wanted.fork() ? forks == MOST_FORKS : running.size() - forks == MOST) {
            end(wanted.recording(), wanted.sink(), Duration.ZERO, true);
            return;
        }
        Recording recording = new Recording(wanted, time.nanos(), loop::post);
        recording.mute(muted, time.nanos());
        running.add(recording);
        forks += wanted.fork() ? 1 : 0;
    }

    void mute(boolean muted) {
        for (Recording recording : running) {
            recording.mute(muted, time.nanos());
        }
    }

    void pause(long number, boolean silence) {
        for (Recording recording : running) {
            if (recording.number() == number) {
                recording.pause(silence, time.nanos());
            }
        }
    }

    void resume(long number) {
        for (Recording recording : running) {
            if (recording.number() == number) {
                recording.resume(time.nanos());
            }
        }
    }

    void stop(long number) {
        for (int i = running.size() - 1; i >= 0; i--) {
            if (running.get(i).number() == number) {
                stopOne(i);
            }
        }
    }

    void stopAll() {
        for (int i = running.size() - 1; i >= 0; i--) {
            stopOne(i);
        }
    }

    void said(Voice voice) {
        for (int i = 0; i < running.size(); i++) {
            running.get(i).says(voice);
        }
    }

    void quiet(int level, int from) {
        for (int i = 0; i < running.size(); i++) {
            running.get(i).quiet(level, from);
        }
    }

    void hush() {
        for (int i = 0; i < running.size(); i++) {
            running.get(i).hush();
        }
    }

    void heard(G711 law, byte[] octets, int count, int timestamp, boolean afterLoss) {
        for (int i = 0; i < running.size(); i++) {
            running.get(i).hears(law, octets, count, timestamp, afterLoss);
        }
    }

    void heard(short[] samples, int madeUp, int count, int timestamp, boolean afterLoss) {
        for (int i = 0; i < running.size(); i++) {
            running.get(i).hears(samples, madeUp, count, timestamp, afterLoss);
        }
    }

    void sourceBeganAnew() {
        for (int i = 0; i < running.size(); i++) {
            running.get(i).sourceBeganAnew();
        }
    }

    void beat(long now) {
        for (int i = running.size() - 1; i >= 0; i--) {
            if (!running.get(i).beat(now)) {
                stopOne(i);
            }
        }
    }

    private void stopOne(int which) {
        Recording recording = running.remove(which);
        forks -= recording.fork() ? 1 : 0;
        recording.finish(time.nanos());
        end(recording.number(), recording.sink(), recording.length(), recording.failed());
    }

    private void end(long number, SoundSink sink, Duration length, boolean failed) {
        sink.end(
                !failed,
                length,
                complete -> loop.post(new MediaMessage.RecordingKept(
                        party, new MediaEvent.RecordingStopped(number, length, !complete))));
    }
}
