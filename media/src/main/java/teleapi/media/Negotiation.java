package teleapi.media;

/** What came of an offer or an answer of the far end (RFC 3264). */
public sealed interface Negotiation {
    /** Agreed; the stream runs. {@code sdp} is our answer (empty array when the far end's answer was taken). */
    record Agreed(byte[] sdp, boolean onHold) implements Negotiation {}

    /** No codec in common: 488. */
    record NoCommonCodec() implements Negotiation {}

    /** No SDP we can read: 400 or 488, with the reason. */
    record Unreadable(String reason) implements Negotiation {}
}
