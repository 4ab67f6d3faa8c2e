package teleapi.call.bridge;

import java.time.Instant;
import java.util.Optional;
import teleapi.call.Call;
import teleapi.call.ControlState;
import teleapi.call.Sid;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.ParticipantRecord;

/**
 * One who is in a conference, as the conference knows it.
 *
 * @param controls as its call has told last
 * @param coaches who alone hears it
 * @param speaks whether it was heard to begin and not to end
 */
record Participant(
        Call call,
        teleapi.rcml.Conference terms,
        Instant since,
        ControlState controls,
        Optional<Sid> coaches,
        boolean speaks) {
    Participant with(ControlState now) {
        return new Participant(call, terms, since, now, coaches, speaks);
    }

    Participant with(teleapi.rcml.Conference others, Optional<Sid> coached) {
        return new Participant(call, others, since, controls, coached, speaks);
    }

    /** On which terms somebody else is here in its place, who has said these. */
    Place handedOn(teleapi.rcml.Conference to) {
        return new Place(
                to.leaving(terms.endConferenceOnExit(), terms.beepOnExit()).mutedOrNot(controls.muted()), coaches);
    }

    Participant speaking(boolean now) {
        return new Participant(call, terms, since, controls, coaches, now);
    }

    ParticipantRecord record(ConferenceRecord conference, Instant now) {
        return new ParticipantRecord(
                call.sid(),
                conference.sid(),
                conference.accountSid(),
                controls.muted(),
                controls.held(),
                coaches,
                terms.startConferenceOnEnter(),
                terms.endConferenceOnExit(),
                true,
                since,
                now);
    }
}
