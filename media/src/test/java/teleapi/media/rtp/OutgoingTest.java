package teleapi.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The numbers of what is sent. */
final class OutgoingTest {
    private static final long TICK = 20_000_000;

    private final Outgoing outgoing = new Outgoing(7, 65_534, -200);
    private final Outgoing.Source one = new Outgoing.Source();
    private final Outgoing.Source other = new Outgoing.Source();

    private static RtpPacket packet(int sequence, int timestamp) {
        ByteBuffer bytes = ByteBuffer.allocate(172);
        bytes.put(0, (byte) 0x80).putShort(2, (short) sequence).putInt(4, timestamp);
        RtpPacket packet = new RtpPacket();
        assertTrue(packet.read(bytes));
        return packet;
    }

    private void sends(int sequence, int timestamp, boolean marker) {
        ByteBuffer bytes = ByteBuffer.allocate(12);
        outgoing.header(bytes, 8);
        assertEquals((byte) (marker ? 0x88 : 8), bytes.get(1));
        assertEquals((short) sequence, bytes.getShort(2));
        assertEquals(timestamp, bytes.getInt(4));
        assertEquals(7, bytes.getInt(8));
    }

    @Test
    void anotherSourceGoesOnWhereTheLastWas() {
        // RFC 3550 §5.1: numbers wrap, timestamps follow time; RFC 3551 §4.1: the marker begins a talk spurt.
        outgoing.frame(one, 160, 0);
        sends(65_534, -200, true);
        outgoing.frame(one, 160, TICK + 3_000_000);
        sends(65_535, -40, false);
        assertTrue(outgoing.forward(other, packet(10, 5000), 160, 2 * TICK));
        sends(0, 120, true);
        assertTrue(outgoing.forward(other, packet(11, 5160), 160, 3 * TICK));
        sends(1, 280, false);
        outgoing.frame(one, 160, 13 * TICK);
        sends(2, 280 + 1600, true);
    }

    @Test
    void lossAndOrderOfAForwardedStreamAreKept() {
        // RFC 3550 §7.1: a translator does not hide what was lost.
        outgoing.forward(one, packet(65_535, 0), 160, 0);
        sends(65_534, -200, true);
        outgoing.forward(one, packet(2, 480), 160, 3 * TICK);
        sends(1, 280, false);
        assertTrue(outgoing.forward(one, packet(1, 320), 160, 3 * TICK));
        sends(0, 120, false);
        outgoing.forward(one, packet(3, 640), 160, 4 * TICK);
        sends(2, 440, false);
        outgoing.frame(other, 160, 5 * TICK);
        sends(3, 600, true);
    }

    @Test
    void whatIsOlderThanItsSourceHereIsNotSent() {
        // A latecomer would take numbers that another source has used.
        outgoing.frame(other, 160, 0);
        assertTrue(outgoing.forward(one, packet(100, 1600), 160, TICK));
        assertFalse(outgoing.forward(one, packet(99, 1440), 160, TICK));
    }

    @Test
    void whatIsWithheldLeavesNoGap() {
        // A telephone-event for a peer that takes none.
        outgoing.forward(one, packet(100, 1600), 160, 0);
        outgoing.withhold(one, packet(101, 1600));
        outgoing.withhold(one, packet(102, 1600));
        outgoing.forward(one, packet(103, 1760), 160, TICK);
        sends(65_535, -40, false);
    }

    @Test
    void whatIsLateKeepsItsNumberThoughOthersAfterItAreWithheld() {
        // Nobody else has that number: a far end would take one of the two for a double.
        outgoing.forward(one, packet(100, 1600), 160, 0);
        outgoing.withhold(one, packet(102, 1760));
        outgoing.forward(one, packet(103, 1920), 160, 2 * TICK);
        sends(0, 120, false);
        assertTrue(outgoing.forward(one, packet(101, 1760), 160, 2 * TICK));
        sends(65_535, -40, false);
        outgoing.forward(one, packet(104, 2080), 160, 3 * TICK);
        sends(1, 280, false);
    }

    @Test
    void whatIsWithheldAndLateLeavesNoGapEither() {
        // As long as nothing that was sent after it has gone out: then the far end knows of the gap.
        outgoing.forward(one, packet(100, 1600), 160, 0);
        outgoing.withhold(one, packet(103, 1600));
        outgoing.withhold(one, packet(101, 1600));
        outgoing.withhold(one, packet(101, 1600));
        outgoing.withhold(one, packet(103, 1600));
        outgoing.withhold(one, packet(102, 1600));
        outgoing.withhold(one, packet(100, 1600));
        outgoing.forward(one, packet(104, 2240), 160, 4 * TICK);
        sends(65_535, 440, false);
        outgoing.forward(one, packet(106, 2560), 160, 6 * TICK);
        sends(1, 760, false);
        outgoing.withhold(one, packet(105, 2240));
        outgoing.forward(one, packet(107, 2720), 160, 7 * TICK);
        sends(2, 920, false);
    }

    @Test
    void packetsOfAnEventShareATime() {
        // RFC 4733 §2.5.1.2; what follows is as much later as the event was long.
        outgoing.frame(one, 160, 0);
        outgoing.event(other, true, 160, TICK);
        sends(65_535, -40, true);
        outgoing.event(other, false, 320, 2 * TICK);
        sends(0, -40, false);
        outgoing.frame(one, 160, 3 * TICK);
        sends(1, 280, true);
    }
}
