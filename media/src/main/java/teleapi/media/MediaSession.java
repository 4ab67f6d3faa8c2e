package teleapi.media;

/**
 * One peer's sound: an RTP port, its stream in both directions, and what it is joined to.
 *
 * <pre>
 * Shape   what the peer hears = the playback on top, else the peer of its bridge, else its room, else nothing
 * Thread  offer, answer, accepted: the owner's (one thread), no waiting. The rest: any; posted to the media loop, in order
 * Errors  after close everything is dropped
 * Source  RFC 3264, 3550, 4733; ADR-0005
 * </pre>
 */
public interface MediaSession {
    /** Our SDP offer: all codecs the first time, what was agreed with a higher version later. */
    byte[] offer();

    /** Answers the far end's offer, also a later one (hold and resume included). */
    Negotiation answer(byte[] offer);

    /** Takes the far end's answer to {@link #offer}. */
    Negotiation accepted(byte[] answer);

    /**
     * Plays to the peer instead of what it hears otherwise; replaces a playback that runs, within one media tick.
     *
     * @param playback a number of the caller's, told back when it has finished
     * @param loops how often; 0 until stopped
     */
    void play(long playback, Sound sound, int loops);

    /** Ends the playback if it still runs; the peer hears again what it is joined to. */
    void stopPlayback(long playback);

    /** Whether what the peer says is kept from everyone else; RTP to them goes on as silence. Applied, it is told with {@code request}. */
    void mute(boolean muted, long request);

    /**
     * Wants to be joined to {@code other}; ends what this session was joined to before. Both hear each other from the moment both want each
     * other and until either leaves, so that neither can be pulled into a bridge it has given up (ADR-0008). Packets are forwarded when
     * they arrive.
     */
    void bridge(MediaSession other);

    /** Enters a room: hears all others and is heard by them; ends a bridge. */
    void join(Room room);

    /** Leaves bridge or room. */
    void leave();

    /** Whether tones in the sound are understood as digits, for peers without telephone-event. */
    void listenForTones(boolean on);

    /** Sends digits (0-9 A-D * #, w waits 0.5 s, W 1 s) as telephone-event, or as tones when the peer has none. */
    void sendDigits(String digits);

    /** Ends it and frees its port; {@link MediaEvent.Closed} follows. */
    void close();
}
