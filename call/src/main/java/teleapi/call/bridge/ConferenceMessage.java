package teleapi.call.bridge;

import teleapi.call.Call;
import teleapi.call.Sid;

/** What can lie in a conference's mailbox. */
sealed interface ConferenceMessage {
    /** A call wants in, on these terms. */
    record Enter(Call call, teleapi.rcml.Conference terms, boolean muted) implements ConferenceMessage {}

    /** A call has left, or does not want in any more. */
    record Leave(Sid call) implements ConferenceMessage {}

    /** A participant's effective mute is this from now on. */
    record Muted(Sid call, boolean muted) implements ConferenceMessage {}

    /** It ends for everyone. */
    record End(String reason) implements ConferenceMessage {}
}
