package teleapi.media.mix;

import java.net.InetSocketAddress;
import java.util.Optional;
import teleapi.media.MediaSession;
import teleapi.media.Negotiation;
import teleapi.media.Room;
import teleapi.media.Sound;
import teleapi.media.sdp.AudioStream;
import teleapi.media.sdp.OfferAnswer;
import teleapi.media.sdp.Outcome;

/** A session's face: offers and answers are dealt with here, on the caller's thread; everything else is posted to the loop. */
final class OpenSession implements MediaSession {
    // The exchange is owned by the session's owner (the call), who alone offers, answers and accepts.

    private final MediaLoop loop;
    private final Optional<InetSocketAddress> self;
    private OfferAnswer exchange;

    OpenSession(MediaLoop loop, Optional<InetSocketAddress> self, OfferAnswer exchange) {
        this.loop = loop;
        this.self = self;
        this.exchange = exchange;
    }

    @Override
    public byte[] offer() {
        exchange = exchange.offer();
        return exchange.sdp();
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
                loop.post(new MediaMessage.Negotiated(this, stream));
                yield new Negotiation.Agreed(answering ? next.sdp() : new byte[0], stream.onHold());
            }
        };
    }

    @Override
    public void play(long playback, Sound sound, int loops) {
        if (loops < 0) {
            throw new IllegalArgumentException("loops is " + loops);
        }
        loop.post(new MediaMessage.Play(this, playback, sound, loops));
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
    public void bridge(MediaSession other) {
        if (!(other instanceof OpenSession session) || session.loop != loop) {
            throw new IllegalArgumentException("sessions of different affinity cannot be bridged");
        }
        loop.post(new MediaMessage.Bridge(this, session));
    }

    @Override
    public void join(Room room) {
        if (!(room instanceof OpenRoom open) || open.loop() != loop) {
            throw new IllegalArgumentException("a session cannot join a room of different affinity");
        }
        loop.post(new MediaMessage.Join(this, open));
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
    public void sendDigits(String digits) {
        loop.post(new MediaMessage.SendDigits(this, digits));
    }

    @Override
    public void close() {
        loop.post(new MediaMessage.Close(this));
    }
}
