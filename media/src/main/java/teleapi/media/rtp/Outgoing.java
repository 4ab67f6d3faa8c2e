package teleapi.media.rtp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The one stream a peer gets from us, whatever it is made of: one SSRC, sequence numbers and timestamps that go on across
 * every change of source, the marker where a new one begins.
 *
 * <pre>
 * Shape   first {@link #frame}, {@link #event} or {@link #forward}, then {@link #header}: the numbers of the packet to send
 * Units   timestamps and lengths in steps of the clock: 1/8000 s, unless another was agreed on
 * Thread  the media loop's
 * Source  RFC 3550 §5.1, §7.1 (a forwarded stream keeps its gaps, so that loss and order are seen at the far end), RFC 3551 §4.1
 * </pre>
 */
public final class Outgoing {
    // Owned by the thread of the media loop.

    /** Something that is sent: a playback, a room, another party. Each is itself and nothing else. */
    public static final class Source {}

    private static final int NANOS_PER_UNIT = 125_000;
    private static final int USUAL_CLOCK = 8_000;
    /** A pause longer than this does not stretch the timestamps further: an hour on hold would look like a jump back. */
    private static final long LONGEST_PAUSE = 3_600_000_000_000L;

    private final int ssrc;
    /** Steps of the clock in 125 µs. */
    private int steps = 1;

    private @Nullable Source source;
    private int sequence;
    private int timestamp;
    private int length;
    private long stampedAt;
    private boolean begun;

    // What is added to the numbers of the source that is forwarded, and how far it has come since it became the source.
    private int sequenceShift;
    private int timestampShift;
    private int sourceHighest;
    private long sourceProgress;
    /** Bit n: whether the source's packet n before its highest was withheld. */
    private long withheld;

    // The event that is passed on: whose, and its time there and here.
    private @Nullable Source eventSource;
    private int theirEvent;
    private int eventTimestamp;

    private int packetSequence;
    private int packetTimestamp;
    private boolean packetMarker;
    private boolean newest;
    private boolean skipped;

    private long packets;
    private long octets;

    /** The first numbers are drawn by the caller: unguessable (RFC 3550 §5.1). */
    public Outgoing(int ssrc, int firstSequence, int firstTimestamp) {
        this.ssrc = ssrc;
        this.sequence = (firstSequence - 1) & 0xffff;
        this.timestamp = firstTimestamp;
    }

    /** What comes next counts its time in this clock, a multiple of 8000. RFC 7160 §4.1 would have another SSRC; peers take this one. */
    public void clock(int rate) {
        if (steps != rate / USUAL_CLOCK) {
            steps = rate / USUAL_CLOCK;
            interrupt();
        }
    }

    /** The next frame of something of our own. */
    public void frame(Source from, int units, long nanos) {
        boolean goesOn = source == from;
        stamp(goesOn && begun ? timestamp + length : next(nanos), units, nanos);
        own(from, !goesOn);
    }

    /** The next packet of an event of our own: all have the time of its first (RFC 4733 §2.5.1.2). */
    public void event(Source from, boolean first, int units, long nanos) {
        if (first) {
            stamp(next(nanos), units, nanos);
        } else {
            length = Math.max(length, units);
        }
        own(from, first);
    }

    /** The next packet of another's event when no sound of it goes on: where that will go on later, the event does not tell. */
    public void eventAlone(Source from, RtpPacket packet, int units, long nanos) {
        boolean first = !isOfEvent(from, packet);
        if (first) {
            stamp(next(nanos), units, nanos);
        }
        own(null, first);
    }

    /**
     * The packet whose numbers were given last is of another's event: all have the time of the first, whatever was sent between them, and the
     * marker is that of the first.
     */
    public void ofEvent(Source from, RtpPacket packet) {
        if (isOfEvent(from, packet)) {
            packetMarker = packet.marker();
        } else {
            eventSource = from;
            theirEvent = packet.timestamp();
            eventTimestamp = packetTimestamp;
            packetMarker |= packet.marker();
        }
        packetTimestamp = eventTimestamp;
    }

    private boolean isOfEvent(Source from, RtpPacket packet) {
        return eventSource == from && theirEvent == packet.timestamp();
    }

    private void own(@Nullable Source from, boolean marker) {
        source = from;
        sequence = (sequence + 1) & 0xffff;
        packetSequence = sequence;
        packetTimestamp = timestamp;
        packetMarker = marker;
        newest = true;
        skipped = false;
    }

    /** Passes a packet on; false when it is older than its source is here, and must not be sent. */
    public boolean forward(Source from, RtpPacket packet, int units, long nanos) {
        if (source != from) {
            source = from;
            sequenceShift = sequence + 1 - packet.sequence();
            timestampShift = next(nanos) - packet.timestamp();
            sourceHighest = packet.sequence();
            sourceProgress = 0;
            withheld = 0;
            packetSequence = (packet.sequence() + sequenceShift) & 0xffff;
            sequence = packetSequence;
            packetMarker = true;
            skipped = false;
        } else {
            int step = (short) (packet.sequence() - sourceHighest);
            if (sourceProgress + step < 0) {
                return false;
            }
            skipped = step > 1;
            packetSequence = (packet.sequence() + sequenceShift + withheldAfter(step)) & 0xffff;
            if (step > 0) {
                highest(packet, step, 0);
                sequence = packetSequence;
            }
            packetMarker = packet.marker();
        }
        packetTimestamp = packet.timestamp() + timestampShift;
        newest = packetSequence == sequence;
        if (packetTimestamp - timestamp > 0 || !begun) {
            stamp(packetTimestamp, units, nanos);
        }
        return true;
    }

    /** Sound of another's that was coded anew, or an event beside such: the time is the source's, in steps of our clock, and the numbers ours. */
    public void recoded(Source from, int time, int units, long nanos) {
        packetMarker = source != from;
        if (packetMarker) {
            source = from;
            timestampShift = next(nanos) - time;
        }
        sequence = (sequence + 1) & 0xffff;
        packetSequence = sequence;
        packetTimestamp = time + timestampShift;
        newest = true;
        skipped = false;
        if (packetTimestamp - timestamp > 0 || !begun) {
            stamp(packetTimestamp, units, nanos);
        }
    }

    /** Whether a talk spurt begins with it: another source, or another stretch of the same. */
    public boolean begins() {
        return packetMarker;
    }

    /** Whether numbers are left out before the packet whose numbers were given last. */
    public boolean skipped() {
        return skipped;
    }

    /** Whether the packet whose numbers were given last is later than all before it. */
    public boolean newest() {
        return newest;
    }

    /** A packet of the present source that is not passed on leaves no gap; a late one, unless something that was sent after it went out. */
    public void withhold(Source from, RtpPacket packet) {
        if (source != from) {
            return;
        }
        int step = (short) (packet.sequence() - sourceHighest);
        if (step > 0) {
            highest(packet, step, 1);
            sequenceShift--;
        } else if (leavesGap(packet, step)) {
            withheld |= 1L << -step;
            sequenceShift--;
        }
    }

    /** Whether nothing has gone out since the place of a late packet, and that is not closed yet. */
    private boolean leavesGap(RtpPacket packet, int step) {
        boolean known = step > -Long.SIZE && (withheld >> -step & 1) == 0;
        return known && (short) (packet.sequence() + sequenceShift + withheldAfter(step) - sequence) > 0;
    }

    private void highest(RtpPacket packet, int step, int isWithheld) {
        sourceProgress += step;
        sourceHighest = packet.sequence();
        withheld = (step < Long.SIZE ? withheld << step : 0) | isWithheld;
    }

    /** A late packet has the number that it would have had in time: how many that were sent after it were withheld meanwhile. */
    private int withheldAfter(int step) {
        return step >= 0 ? 0 : Long.bitCount(step > -Long.SIZE ? withheld & ((1L << -step) - 1) : withheld);
    }

    /** Whether what comes next of {@code from} goes on from what was sent. */
    public boolean goesOn(Source from) {
        return source == from;
    }

    /** What comes next is a new talk spurt, also from the same source. */
    public void interrupt() {
        source = null;
    }

    /** The same, if {@code from} is the source. */
    public void interrupt(Source from) {
        if (source == from) {
            source = null;
        }
    }

    private void stamp(int to, int units, long nanos) {
        timestamp = to;
        length = units;
        stampedAt = nanos;
        begun = true;
    }

    /** Where a new source begins: as much later as it is later, and never before the end of what was sent. */
    private int next(long nanos) {
        if (!begun) {
            return timestamp;
        }
        long elapsed = Math.clamp(nanos - stampedAt, 0, LONGEST_PAUSE) * steps / NANOS_PER_UNIT;
        return timestamp + (int) Math.max(length, elapsed);
    }

    /** Writes the 12 octets at the start of {@code packet}. */
    public void header(ByteBuffer packet, int payloadType) {
        packet.put(0, (byte) 0x80);
        packet.put(1, (byte) (packetMarker ? payloadType | 0x80 : payloadType));
        packet.putShort(2, (short) packetSequence);
        packet.putInt(4, packetTimestamp);
        packet.putInt(8, ssrc);
    }

    /** Of the packet whose numbers were given last. */
    public int packetTimestamp() {
        return packetTimestamp;
    }

    public void sent(int payloadLength) {
        packets++;
        octets += payloadLength;
    }

    public int ssrc() {
        return ssrc;
    }

    public long packets() {
        return packets;
    }

    public long octets() {
        return octets;
    }

    /** The timestamp of this moment, for a sender report (RFC 3550 §6.4.1). */
    public int timestampAt(long nanos) {
        return timestamp + (int) (Math.clamp(nanos - stampedAt, 0, LONGEST_PAUSE) * steps / NANOS_PER_UNIT);
    }
}
