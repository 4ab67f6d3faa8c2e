package teleapi.media.mix;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import teleapi.media.Layer;
import teleapi.media.MediaSession;
import teleapi.media.MessageTerms;
import teleapi.media.Negotiation;
import teleapi.media.Quality;
import teleapi.media.Room;
import teleapi.media.Sound;
import teleapi.media.SoundSink;
import teleapi.media.SpeechLimits;
import teleapi.media.Tracks;
import teleapi.media.codec.Codec;
import teleapi.media.sdp.AudioStream;
import teleapi.media.sdp.OfferAnswer;
import teleapi.media.sdp.Outcome;
import teleapi.runtime.Published;

/** A session's face: offers and answers are dealt with here, on the caller's thread; everything else is posted to the loop. */
final class OpenSession implements MediaSession {
    // The exchange is owned by the session's owner (the call), who alone offers, answers and accepts.

    private final MediaLoop loop;
    private final Optional<InetSocketAddress> self;
    private final Published<Quality> quality = new Published<>(Quality.NONE);
    private OfferAnswer exchange;
    private final Published<Optional<Codec>> codec = new Published<>(Optional.empty());

    OpenSession(MediaLoop loop, Optional<InetSocketAddress> self, OfferAnswer exchange) {
        this.loop = loop;
        this.self = self;
        this.exchange = exchange;
    }

    @Override
    public byte[] offer(Optional<Codec> favourite) {
        exchange = exchange.offer(favourite);
        return exchange.sdp();
    }

    @Override
    public Optional<Codec> codec() {
        return codec.get();
    }

    @Override
    public Negotiation answer(byte[] offer) {
        return taken(exchange.answer(offer), true);
    }

    @Override
    public Negotiation accepted(byte[] answer) {
        return taken(exchange.accept(answer), false);
    }

    private Negotiation taken(Outcome outcome, boolean answering) {
        return switch (outcome) {
            case Outcome.NoCommonCodec() -> new Negotiation.NoCommonCodec();
            case Outcome.Unreadable(String reason) -> new Negotiation.Unreadable(reason);
            case Outcome.Agreed(OfferAnswer next, AudioStream stream) -> {
                // A session that sends to its own port would talk to itself for ever.
                if (stream.rtp().isPresent() && stream.rtp().equals(self)) {
                    yield new Negotiation.Unreadable("media to our own port refused");
                }
                exchange = next;
                codec.set(Optional.of(stream.codec()));
                loop.post(new MediaMessage.Negotiated(this, stream));
                yield new Negotiation.Agreed(answering ? next.sdp() : new byte[0], stream.onHold());
            }
        };
    }

    @Override
    public void play(Layer layer, long playback, Sound sound, int loops) {
        loop.post(new MediaMessage.Play(this, layer, new Playback(playback, sound, loops)));
    }

    @Override
    public void playFed(Layer layer, long playback, Duration most) {
        loop.post(new MediaMessage.Play(this, layer, new FedPlayback(playback, most)));
    }

    @Override
    public void feed(long playback, byte[] ulaw, Consumer<Boolean> taken) {
        if (!loop.post(new MediaMessage.Feed(this, playback, ulaw, taken))) {
            taken.accept(false);
        }
    }

    @Override
    public void mark(long playback, Runnable reached) {
        loop.post(new MediaMessage.Mark(this, playback, reached));
    }

    @Override
    public void clear(long playback) {
        loop.post(new MediaMessage.Clear(this, playback));
    }

    @Override
    public void mix(long playback, Sound sound, int loops) {
        loop.post(new MediaMessage.Mix(this, new Playback(playback, sound, loops)));
    }

    @Override
    public void stopPlayback(long playback) {
        loop.post(new MediaMessage.StopPlayback(this, playback));
    }

    @Override
    public void mute(boolean muted, long request) {
        loop.post(new MediaMessage.Mute(this, muted, request));
    }

    @Override
    public void deaf(boolean deaf, long request) {
        loop.post(new MediaMessage.Deaf(this, deaf, request));
    }

    @Override
    public void bridge(MediaSession other) {
        loop.post(new MediaMessage.Bridge(this, ofThisLoop(other)));
    }

    @Override
    public void join(Room room) {
        if (!(room instanceof OpenRoom open) || open.loop() != loop) {
            throw new IllegalArgumentException("a session cannot join a room of different affinity");
        }
        loop.post(new MediaMessage.Join(this, open));
    }

    @Override
    public void coach(Optional<MediaSession> coached) {
        loop.post(new MediaMessage.Coach(this, coached.map(this::ofThisLoop)));
    }

    private OpenSession ofThisLoop(MediaSession other) {
        if (!(other instanceof OpenSession session) || session.loop != loop) {
            throw new IllegalArgumentException("sessions of different affinity cannot hear each other");
        }
        return session;
    }

    @Override
    public void leave() {
        loop.post(new MediaMessage.Leave(this));
    }

    @Override
    public void listenForTones(boolean on) {
        loop.post(new MediaMessage.ListenForTones(this, on));
    }

    @Override
    public void keepStar(boolean on) {
        loop.post(new MediaMessage.KeepStar(this, on));
    }

    @Override
    public void listenForSpeech(boolean on) {
        loop.post(new MediaMessage.ListenForSpeech(this, on));
    }

    @Override
    public void listenForUtterance(long utterance, SoundSink sink, SpeechLimits limits) {
        if (!loop.post(new MediaMessage.ListenForUtterance(this, utterance, sink, limits))) {
            sink.end(false, Duration.ZERO, complete -> {});
        }
    }

    @Override
    public void endUtterance(long utterance) {
        loop.post(new MediaMessage.EndUtterance(this, utterance));
    }

    @Override
    public void sendDigits(long request, String digits) {
        loop.post(new MediaMessage.SendDigits(this, Optional.empty(), request, digits));
    }

    @Override
    public void playDigits(Layer layer, long playback, String digits) {
        loop.post(new MediaMessage.SendDigits(this, Optional.of(layer), playback, digits));
    }

    @Override
    public void expectSound() {
        loop.post(new MediaMessage.ExpectSound(this));
    }

    @Override
    public Quality quality() {
        return quality.get();
    }

    void publish(Quality now) {
        quality.set(now);
    }

    @Override
    public void watch(long request) {
        loop.post(new MediaMessage.Watch(this, request));
    }

    @Override
    public void record(long recording, SoundSink sink, Tracks tracks) {
        record(new MediaMessage.StartRecording(this, recording, sink, tracks, Optional.empty(), false));
    }

    @Override
    public void fork(long recording, SoundSink sink, Tracks tracks) {
        record(new MediaMessage.StartRecording(this, recording, sink, tracks, Optional.empty(), true));
    }

    @Override
    public void recordMessage(long recording, SoundSink sink, MessageTerms terms) {
        record(new MediaMessage.StartRecording(this, recording, sink, Tracks.SAID, Optional.of(terms), false));
    }

    private void record(MediaMessage.StartRecording wanted) {
        if (!loop.post(wanted)) {
            wanted.sink().end(true, Duration.ZERO, complete -> {});
        }
    }

    @Override
    public void pauseRecording(long recording, boolean silence) {
        loop.post(new MediaMessage.PauseRecording(this, recording, silence));
    }

    @Override
    public void resumeRecording(long recording) {
        loop.post(new MediaMessage.ResumeRecording(this, recording));
    }

    @Override
    public void stopRecording(long recording) {
        loop.post(new MediaMessage.StopRecording(this, recording));
    }

    @Override
    public void close() {
        loop.post(new MediaMessage.Close(this));
    }
}
