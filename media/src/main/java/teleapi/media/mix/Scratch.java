package teleapi.media.mix;

import java.nio.ByteBuffer;
import teleapi.media.codec.Wideband;
import teleapi.media.rtp.RtpPacket;

/** What a loop works on for one packet at a time, so that a packet costs no memory. */
final class Scratch {
    // Owned by the thread of the media loop; nothing here outlives the handling of one packet or beat.

    /** The longest packet of G.711, or of another with the 60 ms before it that are made up for: of 8 kHz. */
    static final int SAMPLES = 2 * RtpPacket.LARGEST;

    final RtpPacket packet = new RtpPacket();
    final ByteBuffer out = ByteBuffer.allocateDirect(2048);
    final byte[] octets = new byte[RtpPacket.LARGEST];
    final byte[] coded = new byte[RtpPacket.LARGEST];
    final short[] samples = new short[SAMPLES];
    final int[] sum = new int[SAMPLES];
    /** Of the packet that is here: see {@link Voice}. */
    final short[] narrow = new short[SAMPLES];

    final short[] wide = new short[2 * SAMPLES + Wideband.LONGEST];
}
