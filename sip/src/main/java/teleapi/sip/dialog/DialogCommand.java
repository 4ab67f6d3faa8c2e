package teleapi.sip.dialog;

import java.util.List;
import java.util.Optional;
import teleapi.sip.SipUri;
import teleapi.sip.message.Header;

/** What is asked of a dialog by its owner, the methods of {@link teleapi.sip.Dialog} as messages. */
public sealed interface DialogCommand {
    record Progress(int status, Optional<byte[]> sdp, List<Header> headers) implements DialogCommand {}

    record Answer(byte[] sdp, List<Header> headers) implements DialogCommand {}

    record Accept(byte[] sdp) implements DialogCommand {}

    record Refuse(int status, String reason, List<Header> headers) implements DialogCommand {}

    record Modify(byte[] offer) implements DialogCommand {}

    record Inform(String contentType, byte[] body) implements DialogCommand {}

    /** About REFER, theirs or ours. */
    sealed interface Referring extends DialogCommand {}

    record AcceptReferral() implements Referring {}

    record RefuseReferral(int status, String reason) implements Referring {}

    record TellReferrer(int status) implements Referring {}

    record Refer(SipUri target) implements Referring {}

    record HangUp() implements DialogCommand {}
}
