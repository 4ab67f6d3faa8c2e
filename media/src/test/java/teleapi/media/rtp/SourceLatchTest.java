package teleapi.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is taken for the peer (reference: reliability M1, M2). */
final class SourceLatchTest {
    private static final InetSocketAddress PRIVATE = address("192.168.1.5", 4000);
    private static final InetSocketAddress PUBLIC = address("198.51.100.7", 4000);
    private static final InetSocketAddress SAME_HOST = address("198.51.100.7", 5000);
    private static final InetSocketAddress ELSEWHERE = address("203.0.113.9", 6000);
    private static final InetSocketAddress STRANGER = address("203.0.113.66", 6000);
    private static final long LATER = 10_000_000_000L;

    private final SourceLatch latch = new SourceLatch();
    private int sequence;

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    private boolean admits(InetSocketAddress from, int ssrc, int number, long nanos) {
        ByteBuffer bytes = ByteBuffer.allocate(172);
        bytes.put(0, (byte) 0x80).putShort(2, (short) number).putInt(8, ssrc);
        RtpPacket packet = new RtpPacket();
        assertTrue(packet.read(bytes));
        return latch.admits(from, packet, nanos);
    }

    private boolean admits(InetSocketAddress from, long nanos) {
        return admits(from, from.hashCode(), sequence++, nanos);
    }

    @Test
    void theAddressOfTheSdpIsThePeerAtOnce() {
        // M1 (a): exact match.
        latch.negotiated(Optional.of(PUBLIC), true, 0);
        assertEquals(Optional.of(PUBLIC), latch.target());
        assertTrue(admits(PUBLIC, 1));
        assertFalse(admits(SAME_HOST, LATER));
    }

    @Test
    void aPrivateAddressIsReplacedAfterAFewPacketsThatBelongTogether() {
        // M1 (c): not more than five, from one source, in order; then strict.
        latch.negotiated(Optional.of(PRIVATE), true, 0);
        for (int i = 1; i < SourceLatch.FROM_ELSEWHERE; i++) {
            assertFalse(admits(ELSEWHERE, i));
            assertEquals(Optional.of(PRIVATE), latch.target());
        }
        assertTrue(admits(ELSEWHERE, 9));
        assertEquals(Optional.of(ELSEWHERE), latch.target());
        for (int i = 0; i < 20; i++) {
            assertFalse(admits(STRANGER, LATER));
        }
        assertTrue(admits(ELSEWHERE, LATER), "the peer stays");
    }

    @Test
    void packetsThatDoNotBelongTogetherWinNothing() {
        // M1: a spray of numbers or sources is no stream.
        latch.negotiated(Optional.of(PRIVATE), true, 0);
        for (int i = 0; i < 50; i++) {
            assertFalse(admits(STRANGER, i, i, LATER));
            assertFalse(admits(STRANGER, 1, i * 977, LATER));
        }
        assertEquals(Optional.of(PRIVATE), latch.target());
    }

    @Test
    void sprayersDoNotKeepThePeerOut() {
        // M1: several candidates are counted at the same time.
        latch.negotiated(Optional.of(PRIVATE), true, 0);
        boolean won = false;
        for (int i = 0; i < SourceLatch.FROM_ELSEWHERE; i++) {
            assertFalse(admits(STRANGER, 7, i * 977, LATER));
            won = admits(ELSEWHERE, 1, i, LATER);
        }
        assertTrue(won);
    }

    @Test
    void anotherPortOfTheHostIsHeardWhenTheSdpsIsSilent() {
        // M1 (b): same host.
        latch.negotiated(Optional.of(PUBLIC), true, 0);
        for (int i = 0; i < 10; i++) {
            assertFalse(admits(SAME_HOST, i));
        }
        assertTrue(admits(SAME_HOST, SourceLatch.SILENCE_OF_PORT_NANOS));
        assertEquals(Optional.of(SAME_HOST), latch.target());
        assertTrue(admits(PUBLIC, LATER), "but the SDP's own address takes precedence, whenever it speaks");
        assertFalse(admits(SAME_HOST, LATER));
    }

    @Test
    void anotherHostIsHeardAfterLongSilenceButGetsNothing() {
        // M1: never send to an address that the SDP did not name when that one can be reached.
        latch.negotiated(Optional.of(PUBLIC), true, 0);
        for (int i = 0; i < 10; i++) {
            assertFalse(admits(ELSEWHERE, SourceLatch.SILENCE_OF_HOST_NANOS - 1));
        }
        assertTrue(admits(ELSEWHERE, SourceLatch.SILENCE_OF_HOST_NANOS));
        assertEquals(Optional.of(PUBLIC), latch.target());
    }

    @Test
    void aNewNegotiationOpensTheSearchAndKeepsWhoGoesOn() {
        // M1: re-opened only by a new negotiation.
        latch.negotiated(Optional.of(PRIVATE), true, 0);
        for (int i = 0; i < 5; i++) {
            admits(ELSEWHERE, i);
        }
        latch.negotiated(Optional.of(PRIVATE), true, 10);
        assertEquals(Optional.of(ELSEWHERE), latch.target());
        assertTrue(admits(ELSEWHERE, 11));
        for (int i = 0; i < 10; i++) {
            assertFalse(admits(STRANGER, LATER), "closed again");
        }
        latch.negotiated(Optional.of(PUBLIC), true, 20);
        assertEquals(Optional.of(PUBLIC), latch.target());
        assertFalse(admits(ELSEWHERE, 21), "moved: who was the peer has to be found anew");
    }

    @Test
    void aSilenceThatWasAgreedOnIsNoChanceForStrangers() {
        // M1, M2: who holds sends nothing; who sprays meanwhile gets neither its place nor what is sent to it.
        latch.negotiated(Optional.of(PRIVATE), true, 0);
        for (int i = 0; i < 5; i++) {
            admits(ELSEWHERE, i);
        }
        latch.negotiated(Optional.of(PRIVATE), false, 10);
        for (int i = 0; i < 10; i++) {
            assertFalse(admits(STRANGER, LATER));
        }
        latch.negotiated(Optional.of(PRIVATE), true, LATER);
        for (int i = 0; i < 10; i++) {
            assertFalse(admits(STRANGER, LATER + i));
        }
        assertTrue(admits(ELSEWHERE, LATER + 100_000_000), "it speaks again");
        assertFalse(admits(STRANGER, 2 * LATER));
        assertEquals(Optional.of(ELSEWHERE), latch.target());
    }

    @Test
    void whoIsFoundElsewhereAfterANewNegotiationIsHeardWhenTheOldPlaceIsSilent() {
        // M1: its address translator has given it another port.
        latch.negotiated(Optional.of(PRIVATE), true, 0);
        for (int i = 0; i < 5; i++) {
            admits(ELSEWHERE, i);
        }
        latch.negotiated(Optional.of(PRIVATE), true, LATER);
        for (int i = 0; i < 10; i++) {
            admits(PUBLIC, LATER + i);
        }
        assertTrue(admits(PUBLIC, LATER + SourceLatch.SILENCE_OF_PORT_NANOS));
        assertEquals(Optional.of(PUBLIC), latch.target());
    }

    @Test
    void nothingIsSentWhileThereIsNoAddress() {
        // RFC 3264 §8.4: c=0.0.0.0; the peer may go on sending, and is known when it comes back.
        latch.negotiated(Optional.of(PUBLIC), true, 0);
        assertTrue(admits(PUBLIC, 1));
        latch.negotiated(Optional.empty(), true, 2);
        assertEquals(Optional.empty(), latch.target());
        assertTrue(admits(PUBLIC, 3));
        latch.negotiated(Optional.of(PUBLIC), true, 4);
        assertEquals(Optional.of(PUBLIC), latch.target());
    }

    @Test
    void controlPacketsComeFromThePeersHost() {
        // RFC 3550 §11: another port, the same host.
        latch.negotiated(Optional.of(PUBLIC), true, 0);
        assertTrue(latch.admitsControl(SAME_HOST));
        assertFalse(latch.admitsControl(STRANGER));
    }
}
