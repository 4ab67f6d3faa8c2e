package teleapi.media.rtp;

/**
 * What a receiver says of a sender (RFC 3550 §6.4.1).
 *
 * @param ssrc of the sender
 * @param fractionLost since the last report, of 256
 * @param lost since the beginning; duplicates can make it negative
 * @param highest sequence number received, its cycles above
 * @param jitter in timestamp units
 * @param lastSenderReport the middle of its NTP time; 0: none came
 * @param delaySinceIt in 1/65536 s
 */
public record ReportBlock(
        int ssrc, int fractionLost, int lost, int highest, int jitter, int lastSenderReport, int delaySinceIt) {}
