package teleapi.media.mix;

import teleapi.media.MediaListener;
import teleapi.media.Sound;
import teleapi.media.sdp.AudioStream;

/** What a media loop is asked to do, in order. */
sealed interface MediaMessage {
    record Opened(OpenSession session, PortPair ports, MediaListener listener) implements MediaMessage {}

    record Negotiated(OpenSession session, AudioStream stream) implements MediaMessage {}

    record Play(OpenSession session, long playback, Sound sound, int loops) implements MediaMessage {}

    record StopPlayback(OpenSession session, long playback) implements MediaMessage {}

    record Mute(OpenSession session, boolean muted, long request) implements MediaMessage {}

    record Bridge(OpenSession one, OpenSession other) implements MediaMessage {}

    record Join(OpenSession session, OpenRoom room) implements MediaMessage {}

    record Leave(OpenSession session) implements MediaMessage {}

    record ListenForTones(OpenSession session, boolean on) implements MediaMessage {}

    record SendDigits(OpenSession session, String digits) implements MediaMessage {}

    record Close(OpenSession session) implements MediaMessage {}

    record RoomOpened(OpenRoom room) implements MediaMessage {}

    record Announce(OpenRoom room, Sound sound) implements MediaMessage {}

    record CloseRoom(OpenRoom room) implements MediaMessage {}

    /** Everyone leaves; the last message. */
    record Shutdown() implements MediaMessage {}
}
