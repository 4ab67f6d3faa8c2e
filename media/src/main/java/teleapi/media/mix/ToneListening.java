package teleapi.media.mix;

import teleapi.media.rtp.KeyPresses;

/** Digits in the sound itself. */
final class ToneListening {
    // Owned by the thread of the media loop.

    void reset() {}

    /** The key whose tone begins here, or none. */
    int heard(short[] samples, int count) {
        return KeyPresses.NONE;
    }
}
