package teleapi.media.mix;

import teleapi.media.Room;
import teleapi.media.Sound;

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
        announce(sound, () -> {});
    }

    @Override
    public void announce(Sound sound, Runnable over) {
        if (!loop.post(new MediaMessage.Announce(this, sound, over))) {
            over.run();
        }
    }

    @Override
    public void close() {
        loop.post(new MediaMessage.CloseRoom(this));
    }
}
