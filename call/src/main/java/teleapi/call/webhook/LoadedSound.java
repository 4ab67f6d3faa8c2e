package teleapi.call.webhook;

import teleapi.media.Sound;

/** What came of loading or making a sound. */
public sealed interface LoadedSound {
    record Ready(Sound sound) implements LoadedSound {}

    /**
     * It cannot be played.
     *
     * @param code documented under docs/errors
     */
    record Unplayable(int code, String reason) implements LoadedSound {}
}
