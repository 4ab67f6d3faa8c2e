package teleapi.media.mix;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import teleapi.media.Layer;
import teleapi.media.MediaEvent;
import teleapi.media.MediaListener;
import teleapi.media.MessageTerms;
import teleapi.media.Sound;
import teleapi.media.SoundBlock;
import teleapi.media.SoundSink;
import teleapi.media.SpeechLimits;
import teleapi.media.Tracks;
import teleapi.media.sdp.AudioStream;

/** What a media loop is asked to do, in order. */
sealed interface MediaMessage {
    /** What concerns one session alone, and is done by its party. */
    sealed interface Order extends MediaMessage {
        OpenSession session();
    }

    record Opened(OpenSession session, PortPair ports, MediaListener listener) implements MediaMessage {}

    record Negotiated(OpenSession session, AudioStream stream) implements Order {}

    record Play(OpenSession session, Layer layer, Playback playback) implements Order {}

    record Mix(OpenSession session, Playback playback) implements Order {}

    record StopPlayback(OpenSession session, long playback) implements Order {}

    /** Sound for a playback that is fed. */
    record Feed(OpenSession session, long playback, byte[] ulaw, Consumer<Boolean> taken) implements Order {}

    record Mark(OpenSession session, long playback, Runnable reached) implements Order {}

    record Clear(OpenSession session, long playback) implements Order {}

    record Mute(OpenSession session, boolean muted, long request) implements Order {}

    record Deaf(OpenSession session, boolean deaf, long request) implements Order {}

    record Bridge(OpenSession one, OpenSession other) implements MediaMessage {}

    record Join(OpenSession session, OpenRoom room) implements MediaMessage {}

    record Coach(OpenSession session, Optional<OpenSession> coached) implements MediaMessage {}

    record Leave(OpenSession session) implements Order {}

    /** What to heed of what the peer says. */
    sealed interface Heed extends Order {}

    record ListenForTones(OpenSession session, boolean on) implements Heed {}

    record KeepStar(OpenSession session, boolean on) implements Heed {}

    record ListenForSpeech(OpenSession session, boolean on) implements Heed {}

    record ListenForUtterance(OpenSession session, long utterance, SoundSink sink, SpeechLimits limits)
            implements MediaMessage {}

    record EndUtterance(OpenSession session, long utterance) implements Heed {}

    /** In a layer, or else whatever is heard. */
    record SendDigits(OpenSession session, Optional<Layer> layer, long request, String digits) implements Order {}

    record ExpectSound(OpenSession session) implements Order {}

    record Watch(OpenSession session, long request) implements Order {}

    record StartRecording(
            OpenSession session,
            long recording,
            SoundSink sink,
            Tracks tracks,
            Optional<MessageTerms> message,
            boolean fork)
            implements MediaMessage {}

    record PauseRecording(OpenSession session, long recording, boolean silence) implements Order {}

    record ResumeRecording(OpenSession session, long recording) implements Order {}

    record StopRecording(OpenSession session, long recording) implements Order {}

    /** The sink needs the block no more. */
    record BlockReturned(Reel reel, SoundBlock block) implements MediaMessage {}

    /** The sink has kept what it can; told even when the session is closed meanwhile. */
    record RecordingKept(Party party, MediaEvent.RecordingStopped stopped) implements MediaMessage {}

    record Close(OpenSession session) implements MediaMessage {}

    record RoomOpened(OpenRoom room) implements MediaMessage {}

    record Announce(OpenRoom room, Sound sound, Consumer<Boolean> taken, Runnable over) implements MediaMessage {}

    /** What concerns one room alone, and is done by its mixer. */
    sealed interface OfRoom extends MediaMessage {
        OpenRoom room();

        /** There is no such room any more. */
        void missed();
    }

    record RecordRoom(OpenRoom room, SoundSink sink, boolean trimmed, Runnable begun) implements OfRoom {
        @Override
        public void missed() {
            // It has to know that nothing comes.
            sink.end(true, Duration.ZERO, complete -> {});
            begun.run();
        }
    }

    record PauseRoom(OpenRoom room, boolean silence, Runnable done) implements OfRoom {
        @Override
        public void missed() {
            done.run();
        }
    }

    record ResumeRoom(OpenRoom room, Runnable done) implements OfRoom {
        @Override
        public void missed() {
            done.run();
        }
    }

    record StopRoom(OpenRoom room) implements OfRoom {
        @Override
        public void missed() {}
    }

    record CloseRoom(OpenRoom room) implements MediaMessage {}

    /** Everyone leaves; the last message. */
    record Shutdown() implements MediaMessage {}
}
