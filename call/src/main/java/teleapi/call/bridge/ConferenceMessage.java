package teleapi.call.bridge;

import java.util.Optional;
import java.util.function.Consumer;
import teleapi.call.Call;
import teleapi.call.ControlState;
import teleapi.call.Controls;
import teleapi.call.Sid;
import teleapi.media.Sound;

/** What can lie in a conference's mailbox. */
sealed interface ConferenceMessage {
    /** A call wants in, on these terms; {@code callback} counts if it is the first. */
    record Enter(
            Call call,
            teleapi.rcml.Conference terms,
            ControlState controls,
            Optional<Sid> coaches,
            Optional<ConferenceCallback> callback)
            implements ConferenceMessage {}

    /** A place is to be kept for a call; {@code answered} must only post. */
    record Expect(ExpectedCall call, int most, Consumer<Expected> answered) implements ConferenceMessage {}

    /** A call has left, or does not want in any more; {@code kicked} by the API. */
    record Leave(Sid call, boolean kicked) implements ConferenceMessage {}

    /** A place is not needed any more. */
    record GiveUp(Sid call) implements ConferenceMessage {}

    /** A participant's controls are these from now on. */
    record Controlled(Sid call, ControlState controls) implements ConferenceMessage {}

    /** A participant is here on other terms; told it as ParticipantChanged with this number. */
    record Change(Call call, teleapi.rcml.Conference terms, Optional<Sid> coaches, long request)
            implements ConferenceMessage {}

    /** A participant begins or ends to speak. */
    record Speaks(Sid call, boolean begins) implements ConferenceMessage {}

    /** All are to hear this; {@code begun} must only post. */
    record Announce(Sound sound, String url, Consumer<Announcement> begun) implements ConferenceMessage {}

    /** An announcement is over, to all or to one; {@code failure} if it was not heard. */
    record AnnouncementOver(String url, Optional<Sid> to, Optional<String> failure) implements ConferenceMessage {}

    /** Its recording is to begin or to change; {@code told} must only post. */
    record Record(Controls.Recording wanted, boolean trimmed, Consumer<Recorded> told) implements ConferenceMessage {}

    /** It ends for everyone; {@code over} must only post. */
    record End(String reason, Runnable over) implements ConferenceMessage {}
}
