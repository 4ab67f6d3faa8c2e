package teleapi.media.mix;

import java.util.function.Consumer;
import teleapi.media.Room;
import teleapi.media.Sound;
import teleapi.media.SoundSink;

/** A room's face: what is asked is posted to its loop. */
final class OpenRoom implements Room {
    private final MediaLoop loop;

    OpenRoom(MediaLoop loop) {
        this.loop = loop;
    }

    MediaLoop loop() {
        return loop;
    }

    @Override
    public void announce(Sound sound) {
        announce(sound, taken -> {}, () -> {});
    }

    @Override
    public void announce(Sound sound, Consumer<Boolean> taken, Runnable over) {
        if (!loop.post(new MediaMessage.Announce(this, sound, taken, over))) {
            taken.accept(true);
            over.run();
        }
    }

    @Override
    public void record(SoundSink sink, boolean trimmed, Runnable begun) {
        order(new MediaMessage.RecordRoom(this, sink, trimmed, begun));
    }

    @Override
    public void pauseRecording(boolean silence, Runnable done) {
        order(new MediaMessage.PauseRoom(this, silence, done));
    }

    @Override
    public void resumeRecording(Runnable done) {
        order(new MediaMessage.ResumeRoom(this, done));
    }

    @Override
    public void stopRecording() {
        order(new MediaMessage.StopRoom(this));
    }

    private void order(MediaMessage.OfRoom wanted) {
        if (!loop.post(wanted)) {
            wanted.missed();
        }
    }

    @Override
    public void close() {
        loop.post(new MediaMessage.CloseRoom(this));
    }
}
