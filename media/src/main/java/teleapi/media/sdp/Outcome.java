package teleapi.media.sdp;

/** What came of a far end's offer or answer. */
public sealed interface Outcome {
    /** Agreed: {@code next} is the state from now on; when an offer was answered, {@link OfferAnswer#sdp} of it is the answer. */
    record Agreed(OfferAnswer next, AudioStream stream) implements Outcome {}

    /** No audio we can speak, or none at all: 488. The state stays as it was. */
    record NoCommonCodec() implements Outcome {}

    /** Not SDP, or SDP that must not be followed: 400 or 488. The state stays as it was. */
    record Unreadable(String reason) implements Outcome {}
}
