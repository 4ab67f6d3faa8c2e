package teleapi.media.sdp;

/** What came of reading bytes as SDP. */
public sealed interface SdpReading {
    /** They are SDP. */
    record Described(SessionDescription description) implements SdpReading {}

    /** They are not; the reason names the line. */
    record Unreadable(String reason) implements SdpReading {}
}
