package teleapi.call.bridge;

import java.util.Optional;
import teleapi.call.Call;
import teleapi.call.ControlState;
import teleapi.call.Sid;

/** What can lie in a conference's mailbox. */
sealed interface ConferenceMessage {
    /** A call wants in, on these terms; {@code callback} counts if it is the first. */
    record Enter(Call call, teleapi.rcml.Conference terms, ControlState controls, Optional<ConferenceCallback> callback)
            implements ConferenceMessage {}

    /** A call has left, or does not want in any more. */
    record Leave(Sid call) implements ConferenceMessage {}

    /** A participant's controls are these from now on. */
    record Controlled(Sid call, ControlState controls) implements ConferenceMessage {}

    /** A participant begins or ends to speak. */
    record Speaks(Sid call, boolean begins) implements ConferenceMessage {}

    /** It ends for everyone. */
    record End(String reason) implements ConferenceMessage {}
}
