package teleapi.sip.dialog;

import java.util.Optional;
import teleapi.sip.message.SipMessage;

/** What a dialog reads of a body: that it is SDP, nothing more. */
final class Bodies {
    static final String SDP = "application/sdp";

    private Bodies() {}

    static Optional<byte[]> sdp(SipMessage message) {
        byte[] body = message.body();
        if (body.length == 0 || !message.contentType().orElse("").equals(SDP)) {
            return Optional.empty();
        }
        return Optional.of(body);
    }
}
