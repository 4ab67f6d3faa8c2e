package teleapi.call.bridge;

import java.time.Instant;
import teleapi.call.Call;
import teleapi.call.ControlState;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.ParticipantRecord;

/**
 * One who is in a conference, as the conference knows it.
 *
 * @param controls as its call has told last
 * @param speaks whether it was heard to begin and not to end
 */
record Participant(Call call, teleapi.rcml.Conference terms, Instant since, ControlState controls, boolean speaks) {
    Participant with(ControlState now) {
        return new Participant(call, terms, since, now, speaks);
    }

    ParticipantRecord record(ConferenceRecord conference, Instant now) {
        return new ParticipantRecord(
                call.sid(),
                conference.sid(),
                conference.accountSid(),
                controls.muted(),
                controls.held(),
                terms.startConferenceOnEnter(),
                terms.endConferenceOnExit(),
                since,
                now);
    }

    Participant speaking(boolean now) {
        return new Participant(call, terms, since, controls, now);
    }
}
