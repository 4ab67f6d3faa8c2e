package teleapi.media.rtp;

/**
 * What arrives of one peer's stream: whether a packet belongs to it, how many are lost, how unevenly they come.
 *
 * <pre>
 * Units   jitter in timestamp units, as reports have it: 1/8000 s, unless the clock is another; over all sources in 1/8000 s
 * Thread  the media loop's
 * Source  RFC 3550 §6.4.1, A.1, A.3, A.8
 * </pre>
 */
public final class Reception {
    // Owned by the thread of the media loop.

    /** What a packet means to the stream. */
    public enum Verdict {
        /** Goes on from the last, or is a little late. */
        FOLLOWS,
        /** The first of a source, or of a source that began anew. */
        BEGINS,
        /** Goes on from the last, and the clock does not: it was set back. */
        SET_BACK,
        /** Far out of order; the second such in a row begins anew (RFC 3550 A.1). */
        ASTRAY
    }

    /** RFC 3550 A.1. */
    static final int LONGEST_GAP = 3000;

    static final int LATEST = 100;

    private static final int NANOS_PER_UNIT = 125_000;
    private static final int USUAL_CLOCK = 8_000;
    private static final int NONE = -1;
    /** How far back a packet can be told from one that came before. */
    private static final int REMEMBERED = 64;

    /** 2 s: a clock that jumps further was set, and nothing came unevenly. */
    private static final int LARGEST_CHANGE = 16_000;

    private int steps = 1;
    private boolean begun;
    private int ssrc;
    private int first;
    private long highest;
    private int expectedAfterJump = NONE;
    private long received;
    private long expectedAtReport;
    private long receivedAtReport;
    private int transit;
    private boolean clockChanged;
    /** The timestamp of the newest that says when it was sent. */
    private int stamp;

    private boolean skipped;
    private boolean newest;
    private int jitterTimes16;

    /** Bit n: whether the packet n before the highest has come. */
    private long came;

    private long again;

    // What the sources before this one were, and what is counted over all of them.
    private long receivedBefore;
    private long lostBefore;
    private long late;
    private long excess;
    private long duplicates;
    private long measured;
    private double jitterSum;
    private double mostJitter;

    /** The clock of what arrives next, a multiple of 8000: whoever has agreed on several codecs may change at any packet. */
    public void clock(int rate) {
        int wanted = rate / USUAL_CLOCK;
        if (steps != wanted) {
            jitterTimes16 = jitterTimes16 * wanted / steps;
            steps = wanted;
            clockChanged = true;
        }
    }

    /** A packet whose timestamp says when it was sent. */
    public Verdict arrived(RtpPacket packet, long nanos) {
        return arrived(packet, nanos, true);
    }

    /** {@code timed} false: its timestamp is of an earlier moment, as those of a telephone-event are (RFC 4733 §2.2.1). */
    public Verdict arrived(RtpPacket packet, long nanos, boolean timed) {
        int sequence = packet.sequence();
        if (!begun || packet.ssrc() != ssrc) {
            begin(packet, nanos);
            return Verdict.BEGINS;
        }
        int step = (short) (sequence - (int) highest);
        if (step > LONGEST_GAP || step < -LATEST) {
            if (sequence == expectedAfterJump) {
                begin(packet, nanos);
                return Verdict.BEGINS;
            }
            expectedAfterJump = (sequence + 1) & 0xffff;
            return Verdict.ASTRAY;
        }
        expectedAfterJump = NONE;
        boolean setBack = timed && step > 0 && !clockChanged && packet.timestamp() - stamp < 0;
        clockChanged |= setBack;
        boolean known = step <= 0 && -step < REMEMBERED && (came >> -step & 1) != 0;
        count(step, known);
        skipped = step > 1;
        newest = step > 0;
        highest = Math.max(highest, highest + step);
        received++;
        if (timed && newest) {
            stamp = packet.timestamp();
        }
        if (timed && !known) {
            measure(packet.timestamp(), nanos);
        }
        return setBack ? Verdict.SET_BACK : Verdict.FOLLOWS;
    }

    /** A packet that is not taken is not received, and its number is not missing; whether it is of the stream and had not come before. */
    public boolean passOver(RtpPacket packet) {
        int step = (short) (packet.sequence() - (int) highest);
        boolean of = begun && packet.ssrc() == ssrc && step <= LONGEST_GAP && step >= -LATEST;
        if (!of || step <= -REMEMBERED || (step <= 0 && (came >> -step & 1) != 0)) {
            return false;
        }
        came = step > 0 ? (step < REMEMBERED ? came << step : 0) | 1 : came | 1L << -step;
        highest = Math.max(highest, highest + step);
        // One less is expected.
        first++;
        return true;
    }

    /** More came than is taken. */
    public void exceeded() {
        excess++;
    }

    /** Whether a packet is later than all that came, or of another source. */
    public boolean isNewer(RtpPacket packet) {
        return !begun || packet.ssrc() != ssrc || (short) (packet.sequence() - (int) highest) > 0;
    }

    private void count(int step, boolean known) {
        if (step > 0) {
            came = (step < REMEMBERED ? came << step : 0) | 1;
        } else if (known) {
            again++;
            duplicates++;
        } else {
            came |= -step < REMEMBERED ? 1L << -step : 0;
            late++;
        }
    }

    private void begin(RtpPacket packet, long nanos) {
        if (begun) {
            receivedBefore += received - again;
            lostBefore += missing();
        }
        begun = true;
        skipped = false;
        newest = true;
        clockChanged = false;
        came = 1;
        again = 0;
        ssrc = packet.ssrc();
        first = packet.sequence();
        highest = first;
        expectedAfterJump = NONE;
        received = 1;
        stamp = packet.timestamp();
        expectedAtReport = 0;
        receivedAtReport = 0;
        jitterTimes16 = 0;
        transit = units(nanos) - packet.timestamp();
    }

    /** RFC 3550 A.8: a running mean over 16 packets, kept times 16. */
    private void measure(int timestamp, long nanos) {
        int now = units(nanos) - timestamp;
        // Both go round; what lies between them does not.
        int change = clockChanged ? 0 : Math.abs(now - transit);
        clockChanged = false;
        transit = now;
        // The greatest of all has no absolute value.
        if (change < 0 || change > LARGEST_CHANGE * steps) {
            return;
        }
        jitterTimes16 += change - ((jitterTimes16 + 8) >> 4);
        double usual = (double) jitterTimes16 / steps;
        measured++;
        jitterSum += usual;
        mostJitter = Math.max(mostJitter, usual);
    }

    private int units(long nanos) {
        return (int) (nanos / NANOS_PER_UNIT * steps);
    }

    /** Whether packets are missing right before the one that arrived last. */
    public boolean skipped() {
        return skipped;
    }

    /** Whether the one that arrived last is later than all before it. */
    public boolean newest() {
        return newest;
    }

    public boolean begun() {
        return begun;
    }

    public int ssrc() {
        return ssrc;
    }

    public long received() {
        return received;
    }

    public long lost() {
        return highest - first + 1 - received;
    }

    public int jitter() {
        return jitterTimes16 >> 4;
    }

    /** What this source has sent and never came. */
    private long missing() {
        return Math.max(0, highest - first + 1 - (received - again));
    }

    // ---- over all sources

    public long allReceived() {
        return receivedBefore + received - again;
    }

    public long allLost() {
        return lostBefore + (begun ? missing() : 0);
    }

    /** Packets that came after a later one. */
    public long late() {
        return late;
    }

    public long duplicates() {
        return duplicates;
    }

    /** Packets that were not taken, since there were too many. */
    public long excess() {
        return excess;
    }

    /** In 1/8000 s. */
    public double meanJitter() {
        return measured == 0 ? 0 : jitterSum / 16 / measured;
    }

    /** In 1/8000 s. */
    public double mostJitter() {
        return mostJitter / 16;
    }

    /** The block for the next report; what is lost counts from the last one. */
    public ReportBlock report(int lastSenderReport, int delaySinceIt) {
        long expected = highest - first + 1;
        long expectedNow = expected - expectedAtReport;
        long lostNow = expectedNow - (received - receivedAtReport);
        expectedAtReport = expected;
        receivedAtReport = received;
        int fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
        int lost = Math.clamp(lost(), -0x800000, 0x7fffff);
        return new ReportBlock(ssrc, fraction, lost, (int) highest, jitter(), lastSenderReport, delaySinceIt);
    }
}
