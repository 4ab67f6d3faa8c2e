package teleapi.sip.dialog;

import java.util.Optional;
import teleapi.sip.message.CSeq;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.Via;
import teleapi.sip.transport.Path;

/**
 * A request as it came in, with what every layer asks of it read once.
 *
 * @param via the top one, with received and rport filled in (RFC 3261 §18.2.1, RFC 3581 §4)
 * @param path where it came from, and where answers go
 */
public record Incoming(
        SipRequest request, Via via, CSeq cseq, String callId, String fromTag, Optional<String> toTag, Path path) {
    public String method() {
        return request.method();
    }

    /** The body, when it is SDP. */
    public Optional<byte[]> sdp() {
        return Bodies.sdp(request);
    }
}
