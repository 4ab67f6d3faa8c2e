package teleapi.sip.message;

import java.util.Optional;

/** What came of bytes from the network. */
public sealed interface ParsedMessage {
    /** Well-formed, with all that every message must have: Via, From, To, Call-ID, CSeq can be asked for. */
    record Message(SipMessage message) implements ParsedMessage {}

    /** Nothing but line ends: a keep-alive (RFC 5626 §4.4.1). */
    record KeepAlive() implements ParsedMessage {}

    /**
     * SIP, but wrong.
     *
     * @param status what to answer a request with: 400, 413, 505
     * @param reason what is wrong, in words that hold nothing of the message
     * @param request as much of it as {@link SipResponse#to} needs for an answer; empty when none can be given: drop it
     */
    record Malformed(int status, String reason, Optional<SipRequest> request) implements ParsedMessage {}

    /** Something else: drop it. */
    record NotSip() implements ParsedMessage {}
}
