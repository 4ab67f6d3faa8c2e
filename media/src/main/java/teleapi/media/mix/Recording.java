package teleapi.media.mix;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import teleapi.media.MessageTerms;
import teleapi.media.SoundSink;
import teleapi.media.Tracks;
import teleapi.media.codec.G711;
import teleapi.media.rtp.JitterBuffer;

/**
 * What one party says and hears, put side by side.
 *
 * <p>Both directions pass a jitter buffer of their own, because packets come when they come; it is a long one, because nobody waits for a
 * recording: so the two stay aligned where a short one would have to shift. That of a fork is short, because somebody waits. Frame k is what was said and heard k times 20 ms after the
 * beginning, and is written when the delay has passed. What is asked takes effect at the frame of the moment in which it is asked.
 *
 * <pre>
 * Units   frames of 20 ms, samples at 8 kHz
 * Errors  those of its {@link Reel}
 * </pre>
 */
final class Recording {
    // Owned by the thread of the media loop.

    private static final int FRAME = JitterBuffer.FRAME;
    private static final int DELAY = 10;
    private static final int DELAY_OF_FORK = 3;
    /** After a pause of the loop; the rest follows in the next beats, so that the sink gets its blocks back meanwhile. */
    private static final int MOST_AT_ONCE = 10;

    private enum Mode {
        RUNNING,
        SILENT,
        LEFT_OUT
    }

    private record Change(long frame, Mode mode) {}

    private final long number;
    private final Reel reel;
    private final Tracks tracks;
    private final boolean fork;
    private final int delay;
    private final boolean message;
    private final long mostSilence;
    private final long mostWritten;
    private final long startedAt;
    private final JitterBuffer said;
    private final JitterBuffer heard;
    private final short[] saidFrame = new short[FRAME];
    private final short[] heardFrame = new short[FRAME];
    private final Deque<Change> changes = new ArrayDeque<>();

    private Mode mode = Mode.RUNNING;
    private Mode asked = Mode.RUNNING;
    private boolean muted;
    /** Which frame is next: below 0, what the buffers hold is not yet of this recording. */
    private long next;

    /** Of a message: for how long nothing has been said. */
    private long silence;

    Recording(MediaMessage.StartRecording wanted, long now, Consumer<MediaMessage> post) {
        this.number = wanted.recording();
        this.reel = wanted.fork()
                ? new Reel(wanted.sink(), wanted.tracks().channels())
                : new Reel(
                        wanted.sink(),
                        wanted.tracks().channels(),
                        wanted.message().filter(MessageTerms::trimmed).isPresent(),
                        post);
        this.tracks = wanted.tracks();
        this.fork = wanted.fork();
        this.delay = fork ? DELAY_OF_FORK : DELAY;
        this.said = new JitterBuffer(delay * FRAME);
        this.heard = new JitterBuffer(delay * FRAME);
        this.next = -delay;
        this.message = wanted.message().isPresent();
        this.mostSilence =
                wanted.message().map(terms -> frames(terms.silence())).orElse(Long.MAX_VALUE);
        this.mostWritten = wanted.message().map(terms -> frames(terms.length())).orElse(Long.MAX_VALUE);
        this.startedAt = now;
    }

    long number() {
        return number;
    }

    SoundSink sink() {
        return reel.sink();
    }

    boolean fork() {
        return fork;
    }

    boolean failed() {
        return reel.failed();
    }

    /** Of what is to be kept. */
    Duration length() {
        return reel.length();
    }

    private static long frames(Duration length) {
        return length.toNanos() / Reel.FRAME_NANOS;
    }

    // ---- what is asked

    void pause(boolean silence, long now) {
        asked = silence ? Mode.SILENT : Mode.LEFT_OUT;
        change(now);
    }

    void resume(long now) {
        asked = Mode.RUNNING;
        change(now);
    }

    void mute(boolean silent, long now) {
        muted = silent;
        if (message) {
            change(now);
        }
    }

    /** Recomputed from its reasons at each. */
    private void change(long now) {
        changes.add(new Change(frameAt(now), message && muted ? Mode.LEFT_OUT : asked));
    }

    /** Writes what was said and heard until now. */
    void finish(long now) {
        long end = frameAt(now);
        while (next < end && goesOn()) {
            frame();
        }
        reel.handOver();
    }

    // ---- what is heard

    void says(Voice voice) {
        voice.putNarrowInto(said);
    }

    /** It is silent, and this is how that sounds. */
    void quiet(int level, int from) {
        said.silence(level, from);
    }

    /** Its silence is heard no more. */
    void hush() {
        said.hush();
    }

    void hears(G711 law, byte[] octets, int count, int timestamp, boolean afterLoss) {
        heard.put(law, octets, count, timestamp, afterLoss);
    }

    /** The same, decoded already, at 8 kHz. */
    void hears(short[] samples, int madeUp, int count, int timestamp, boolean afterLoss) {
        heard.put(false, samples, madeUp, count, timestamp, afterLoss);
    }

    void sourceBeganAnew() {
        said.reset();
    }

    /** Writes the frames whose time has come; false when it can go on no longer. */
    boolean beat(long now) {
        long due = Math.min(frameAt(now) - delay, next + MOST_AT_ONCE);
        while (next < due && goesOn()) {
            frame();
        }
        return goesOn();
    }

    private boolean goesOn() {
        return !reel.failed() && silence < mostSilence && reel.written() < mostWritten;
    }

    private long frameAt(long now) {
        return Reel.frameAt(now - startedAt);
    }

    private void frame() {
        while (!changes.isEmpty() && changes.element().frame() <= next) {
            mode = changes.remove().mode();
            if (mode != Mode.RUNNING) {
                reel.handOver();
            }
        }
        boolean sounds = said.take(saidFrame);
        boolean soundHeard = heard.take(heardFrame);
        if (next++ >= 0 && mode != Mode.LEFT_OUT) {
            write(sounds && mode == Mode.RUNNING, soundHeard && mode == Mode.RUNNING);
            if (message && mode == Mode.RUNNING) {
                listen(sounds && said.says() && !SpeechLevel.quiet(saidFrame));
            }
        }
    }

    private void listen(boolean speaks) {
        silence = speaks ? 0 : silence + 1;
        reel.heard(speaks);
    }

    private void write(boolean sayable, boolean hearable) {
        var into = reel.next();
        if (into == null) {
            return;
        }
        for (int i = 0; i < FRAME; i++) {
            int one = sayable ? saidFrame[i] : 0;
            int other = hearable ? heardFrame[i] : 0;
            switch (tracks) {
                case SAID -> into.add((short) one);
                case HEARD -> into.add((short) other);
                case MONO -> into.add((short) Math.clamp(one + other, Short.MIN_VALUE, Short.MAX_VALUE));
                case DUAL -> {
                    into.add((short) one);
                    into.add((short) other);
                }
            }
        }
        reel.frameDone();
    }
}
