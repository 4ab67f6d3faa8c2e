package teleapi.media.mix;

import java.nio.ByteBuffer;
import teleapi.media.rtp.RtpPacket;

/** What a loop works on for one packet at a time, so that a packet costs no memory. */
final class Scratch {
    // Owned by the thread of the media loop; nothing here outlives the handling of one packet or beat.
    final RtpPacket packet = new RtpPacket();
    final ByteBuffer out = ByteBuffer.allocateDirect(2048);
    final byte[] octets = new byte[RtpPacket.LARGEST];
    final short[] samples = new short[RtpPacket.LARGEST];
    final int[] sum = new int[RtpPacket.LARGEST];
}
