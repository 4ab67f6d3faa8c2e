package teleapi.media.mix;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.LongConsumer;
import teleapi.media.Sound;
import teleapi.media.codec.G711;
import teleapi.media.dtmf.Key;
import teleapi.media.dtmf.KeyTone;
import teleapi.media.rtp.JitterBuffer;
import teleapi.media.rtp.Outgoing;

/**
 * Digits on their way to one peer: as telephone-events where it takes them, else as tones.
 *
 * <pre>
 * Units   beats of 20 ms
 * Shape   a digit sounds 100 ms and is followed by 100 ms without; the three last packets of its event fall into that
 * Thread  the media loop's
 * Source  RFC 4733 §2.5.1.2, §2.5.1.4; ITU-T Q.24 (40 ms tone, 40 ms pause at least)
 * </pre>
 */
final class DigitSending {
    // Owned by the thread of the media loop.

    private final Outgoing.Source source = new Outgoing.Source();

    /** What one may have waiting; the rest is not sent. */
    static final int MOST = 256;

    private static final int SOUNDING = 5;
    private static final int ENDS = 3;
    private static final int WHOLE = 10;
    private static final int SHORT_WAIT = 25;
    private static final int LONG_WAIT = 50;
    private static final int LENGTH = SOUNDING * JitterBuffer.FRAME;

    private record Request(long number, String digits) {}

    private final short[] samples = new short[JitterBuffer.FRAME];
    private final Deque<Request> requests = new ArrayDeque<>();
    private int waiting;
    /** How many digits of the first request have begun. */
    private int begun;

    private Sound tone = Sound.silence(Duration.ZERO);
    private char digit;
    private Key key = Key.ZERO;
    private int beat;
    private int beats;
    private boolean asEvent;

    void add(long number, String digits) {
        StringBuilder known = new StringBuilder();
        for (int i = 0; i < digits.length() && waiting + known.length() < MOST; i++) {
            char c = digits.charAt(i);
            if (isWait(c) || Key.of(c).isPresent()) {
                known.append(c);
            }
        }
        waiting += known.length();
        requests.add(new Request(number, known.toString()));
    }

    /** Drops what is left of a request, but for a key that has begun. */
    void stop(long number) {
        boolean first = true;
        for (Request request : requests) {
            if (request.number() == number) {
                waiting -= request.digits().length() - (first ? begun : 0);
                begun = first ? 0 : begun;
                beats = first && isWait(digit) ? beat : beats;
                requests.remove(request);
                return;
            }
            first = false;
        }
    }

    boolean idle() {
        return requests.isEmpty() && beat == beats;
    }

    /** Tells the requests whose digits are out. */
    void tellSent(LongConsumer sent) {
        while (beat == beats
                && !requests.isEmpty()
                && begun == requests.element().digits().length()) {
            begun = 0;
            sent.accept(requests.remove().number());
        }
    }

    /** Whether the peer hears a digit, and nothing else. */
    boolean sounding() {
        return beat < beats && !isWait(digit);
    }

    /** One beat; whether the peer hears nothing else in it. */
    boolean beat(Wire wire, byte[] frame, long now) {
        if (beat == beats) {
            if (waiting == 0) {
                return false;
            }
            digit = requests.element().digits().charAt(begun++);
            waiting--;
            beat = 0;
            beats = digit == 'w' ? SHORT_WAIT : digit == 'W' ? LONG_WAIT : WHOLE;
            asEvent = wire.takesEvents();
            key = Key.of(digit).orElse(key);
            if (!asEvent && !isWait(digit)) {
                tone = Sound.of(KeyTone.samples(key, LENGTH));
            }
        }
        if (!isWait(digit)) {
            if (asEvent) {
                event(wire, now);
            } else {
                tone(wire, frame, now);
            }
        }
        boolean alone = !isWait(digit);
        beat++;
        return alone;
    }

    private void event(Wire wire, long now) {
        if (beat < SOUNDING + ENDS) {
            int duration = Math.min(LENGTH, (beat + 1) * JitterBuffer.FRAME);
            wire.event(source, key.code(), beat == 0, beat >= SOUNDING, duration, now);
        }
    }

    private void tone(Wire wire, byte[] frame, long now) {
        if (wire.wide()) {
            Arrays.fill(samples, (short) 0);
            if (beat < SOUNDING) {
                System.arraycopy(tone.samples(), beat * JitterBuffer.FRAME, samples, 0, JitterBuffer.FRAME);
            }
            wire.narrowFrame(source, samples, now);
            return;
        }
        G711 law = wire.law();
        if (beat < SOUNDING) {
            System.arraycopy(tone.encoded(law), beat * JitterBuffer.FRAME, frame, 0, JitterBuffer.FRAME);
        } else {
            Arrays.fill(frame, law.silence());
        }
        wire.frame(source, frame, now);
    }

    private static boolean isWait(char c) {
        return c == 'w' || c == 'W';
    }
}
