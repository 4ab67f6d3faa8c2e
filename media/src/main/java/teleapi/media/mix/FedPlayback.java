package teleapi.media.mix;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import teleapi.media.Sound;
import teleapi.media.codec.G711;
import teleapi.media.rtp.JitterBuffer;

/**
 * Sound that comes piece by piece while it is played. Silence where nothing has come; over only when it is stopped.
 *
 * <pre>
 * Shape   µ-law at 8 kHz, in pieces of any length
 * Units   octets, which are samples
 * </pre>
 */
final class FedPlayback extends Playback {
    // Owned by the thread of the media loop once it is posted.

    /** Twice as many as the most that may wait has in pieces of 20 ms: who sends smaller ones has less time. */
    private static final int MOST_PIECES = 65_536;

    private sealed interface Piece {
        record Octets(byte[] ulaw) implements Piece {}

        record Mark(Runnable reached) implements Piece {}
    }

    private final long most;
    private final byte[] octets = new byte[JitterBuffer.FRAME];
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private long waiting;
    private int at;

    FedPlayback(long number, Duration most) {
        super(number, Sound.of(new short[0]), 0);
        this.most = most.toMillis() * 8;
    }

    @Override
    boolean over() {
        return false;
    }

    /** False when too much waits. */
    boolean feed(byte[] ulaw) {
        if (waiting + ulaw.length > most || pieces.size() >= MOST_PIECES) {
            return false;
        }
        if (ulaw.length > 0) {
            pieces.add(new Piece.Octets(ulaw));
            waiting += ulaw.length;
        }
        return true;
    }

    void mark(Runnable reached) {
        if (pieces.isEmpty()) {
            reached.run();
        } else {
            pieces.add(new Piece.Mark(reached));
        }
    }

    void clear() {
        waiting = 0;
        at = 0;
        while (!pieces.isEmpty()) {
            if (pieces.remove() instanceof Piece.Mark(Runnable reached)) {
                reached.run();
            }
        }
    }

    @Override
    void next(G711 law, byte[] frame) {
        int done = 0;
        while (!pieces.isEmpty()) {
            switch (pieces.element()) {
                case Piece.Mark(Runnable reached) -> {
                    pieces.remove();
                    reached.run();
                }
                case Piece.Octets(byte[] ulaw) -> {
                    if (done == JitterBuffer.FRAME) {
                        return;
                    }
                    int count = Math.min(JitterBuffer.FRAME - done, ulaw.length - at);
                    copy(ulaw, law, frame, done, count);
                    done += count;
                    advance(count, ulaw.length);
                }
            }
        }
        Arrays.fill(frame, done, JitterBuffer.FRAME, law.silence());
    }

    private void copy(byte[] ulaw, G711 law, byte[] frame, int to, int count) {
        switch (law) {
            case PCMU -> System.arraycopy(ulaw, at, frame, to, count);
            case PCMA -> G711.PCMU.toOther(ulaw, at, frame, to, count);
        }
    }

    private void advance(int count, int length) {
        at += count;
        waiting -= count;
        if (at == length) {
            at = 0;
            pieces.remove();
        }
    }

    /** It is never mixed: this is for a peer that hears 16 kHz, frame by frame. */
    @Override
    void addTo(int[] sum, int count) {
        next(G711.PCMU, octets);
        for (int i = 0; i < JitterBuffer.FRAME; i++) {
            sum[i] += G711.PCMU.decode(octets[i]);
        }
    }
}
