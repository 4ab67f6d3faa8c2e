package teleapi.media;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import teleapi.media.codec.Codec;

/**
 * One peer's sound: an RTP port, its stream in both directions, and what it is joined to.
 *
 * <pre>
 * Shape   what the peer hears = digits being sent, else the highest layer that plays, else the peer of its bridge, else its room, else
 *         nothing; and mixed sounds over all but digits
 * Thread  offer, answer, accepted: the owner's (one thread), no waiting. The rest: any; posted to the media loop, in order
 * Errors  after close everything is dropped
 * Source  RFC 3264, 3550, 4733; ADR-0005, ADR-0011
 * </pre>
 */
public interface MediaSession {
    /** Nobody can tell more sounds apart, and each costs as much as a member of a room. */
    int MOST_MIXED = 4;

    /** As long as nobody holds his breath: a peer that is well sends 50 packets a second, and a report every few seconds. */
    Duration LOST_AFTER = Duration.ofSeconds(5);

    /** Our SDP offer: all codecs the first time, what was agreed with a higher version later. */
    default byte[] offer() {
        return offer(Optional.empty());
    }

    /** The same; the first time with {@code favourite} before the others, because whoever is to be joined to this one speaks that. */
    byte[] offer(Optional<Codec> favourite);

    /** What is sent to the peer; empty before anything is agreed. */
    Optional<Codec> codec();

    /** Answers the far end's offer, also a later one (hold and resume included). */
    Negotiation answer(byte[] offer);

    /** Takes the far end's answer to {@link #offer}. */
    Negotiation accepted(byte[] answer);

    /**
     * Plays to the peer instead of what it hears otherwise; replaces a playback that runs in the same layer, within one media tick.
     *
     * @param layer the peer hears the highest that has a playback; lower ones wait meanwhile
     * @param playback a number of the caller's, told back when it has finished
     * @param loops how often; 0 until stopped
     */
    void play(Layer layer, long playback, Sound sound, int loops);

    /**
     * Plays what comes by {@link #feed}, and silence when nothing has come, until stopped; otherwise as {@link #play}.
     *
     * @param most so much of it may wait
     */
    void playFed(Layer layer, long playback, Duration most);

    /**
     * Sound for a playback that is fed, to be heard after what waits. {@code taken} is told on the loop's thread, must only post: false when too
     * much waits, or the playback is over. Before the next is sent it is to be waited for; that is what bounds how much is on its way.
     *
     * @param ulaw is not changed afterwards
     */
    void feed(long playback, byte[] ulaw, Consumer<Boolean> taken);

    /** Tells, on the loop's thread, which must only post, when all that was fed before has been played or dropped; not when it is stopped. */
    void mark(long playback, Runnable reached);

    /** Drops all that waits in a playback that is fed; marks among it are told. */
    void clear(long playback);

    /**
     * Plays over whatever the peer hears, also beside others, up to {@link #MOST_MIXED}; one more is told finished at once. It waits while digits are
     * sent. In a bridge it is added to the packets that are passed on; while there are none it has packets of its own.
     *
     * @param playback a number of the caller's, told back when it has finished
     * @param loops how often; 0 until stopped
     */
    void mix(long playback, Sound sound, int loops);

    /** Ends the playback if it still runs, in whatever layer, of digits, or mixed; the peer hears again what is below. */
    void stopPlayback(long playback);

    /** Whether what the peer says is kept from everyone else; RTP to them goes on as silence. Applied, it is told with {@code request}. */
    void mute(boolean muted, long request);

    /**
     * Whether bridge and room are kept from the peer; RTP to it goes on as silence, and what is played to it is heard. Applied, it is told
     * with {@code request}.
     */
    void deaf(boolean deaf, long request);

    /**
     * Wants to be joined to {@code other}; ends what this session was joined to before. Both hear each other from the moment both want each
     * other and until either leaves, so that neither can be pulled into a bridge it has given up (ADR-0008). Packets are forwarded when
     * they arrive.
     */
    void bridge(MediaSession other);

    /** Enters a room: hears all others and is heard by them; ends a bridge. */
    void join(Room room);

    /**
     * In a room, is heard by {@code coached} alone, and by nobody while that one is not in it; empty: by all. Hears all itself. Holds for
     * later rooms too.
     */
    void coach(Optional<MediaSession> coached);

    /** Leaves bridge or room. */
    void leave();

    /** Whether tones in the sound are understood as digits, for peers without telephone-event. */
    void listenForTones(boolean on);

    /** Whether the star key is told and goes no further: the peer of a bridge does not get it. As a tone it is passed on. */
    void keepStar(boolean on);

    /** Whether to tell when the party begins and ends to speak in a room. */
    void listenForSpeech(boolean on);

    /**
     * Listens for the next thing that the party says (nothing while it is muted), and gives the sink its sound, from a little before
     * its beginning; tells when it begins and when it is over, once. Also when nothing is ever said, the sink's end is told on every path.
     *
     * @param utterance a number of the caller's, told back
     * @param sink gives each block back before it has taken it
     */
    void listenForUtterance(long utterance, SoundSink sink, SpeechLimits limits);

    /** What is said until now is all of it. */
    void endUtterance(long utterance);

    /**
     * Sends digits (0-9 A-D * #, w waits 0.5 s, W 1 s) as telephone-event, or as tones when the peer has none, whatever it hears; tells when
     * they are out.
     */
    void sendDigits(long request, String digits);

    /**
     * The same in a layer: a key that has begun is sent to its end, the next waits while something is heard in a higher layer, and
     * {@link #stopPlayback} drops what is left; nothing is told then.
     */
    void playDigits(Layer layer, long playback, String digits);

    /** From now on the peer should be heard, unless it is on hold: tells when nothing comes of it. */
    void expectSound();

    /** How well it goes, as of a second ago; for the whole session once it is closed. */
    Quality quality();

    /** Asks to be told when the next packet is sent to the peer. */
    void watch(long request);

    /**
     * Records what the party says (silence while it is muted) and what it hears, until stopped or closed; several at once, up to four.
     *
     * @param recording a number of the caller's, told back when it has stopped
     */
    void record(long recording, SoundSink sink, Tracks tracks);

    /**
     * Hands on what {@link #record} would keep, in blocks of 20 ms and with little delay; several at once, up to four, beside the recordings.
     *
     * @param sink gives each block back before it has taken it, and never refuses one
     */
    void fork(long recording, SoundSink sink, Tracks tracks);

    /**
     * Records what the party says, as {@link #record} does with {@link Tracks#SAID}, and ends by itself. While the party is muted nothing is
     * recorded, and that is not its silence.
     */
    void recordMessage(long recording, SoundSink sink, MessageTerms terms);

    /** Records silence meanwhile, or leaves the time out. */
    void pauseRecording(long recording, boolean silence);

    void resumeRecording(long recording);

    void stopRecording(long recording);

    /** Ends it and frees its port; {@link MediaEvent.Closed} follows. */
    void close();
}
