package teleapi.call;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import teleapi.rcml.LegOptions;
import teleapi.sip.IncomingInvite;

/** How a call came to be, and what it does first. */
public sealed interface Origin {
    /** What the voice webhooks of this call also carry: SipHeader_X-… and the like. */
    Map<String, String> parameters();

    /** An INVITE reached us. The document says what happens. */
    record Inbound(IncomingInvite invite, NewDocument document, Map<String, String> parameters) implements Origin {}

    /** The API asked for it; the document runs once it is answered. */
    record FromApi(
            Destination destination,
            String callerId,
            NewDocument document,
            Duration timeout,
            Duration timeLimit,
            String sendDigits,
            Optional<Controls.Recording.Start> recording,
            Map<String, String> parameters)
            implements Origin {}

    /**
     * A Dial rings it; once answered (and screened) it is joined to its parent.
     *
     * @param place instead: where it takes the place that its parent has in a conference
     */
    record Dialled(
            Call parent,
            Destination destination,
            String callerId,
            String callerName,
            LegOptions options,
            String baseUrl,
            String sendDigits,
            Optional<NewDocument.Join> place,
            Map<String, String> parameters)
            implements Origin {}

    /** The call whose Dial made this one. */
    default Optional<Call> dialledBy() {
        return this instanceof Dialled dialled ? Optional.of(dialled.parent()) : Optional.empty();
    }
}
