package teleapi.media.rtp;

import java.util.List;

/** A control packet, as far as we use it (RFC 3550 §6). */
public sealed interface RtcpPacket {
    /** SR: {@code ntpMiddle} is the middle 32 bits of its time, which our reports say back. */
    record SenderReport(int ssrc, int ntpMiddle, int packets, List<ReportBlock> blocks) implements RtcpPacket {}

    /** RR. */
    record ReceiverReport(int ssrc, List<ReportBlock> blocks) implements RtcpPacket {}

    /** BYE: sources that end. */
    record Bye(List<Integer> ssrcs) implements RtcpPacket {}

    /** Anything else: SDES, APP, feedback, extended reports. */
    record Other(int type) implements RtcpPacket {}
}
