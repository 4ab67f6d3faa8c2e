package teleapi.call.records;

import java.time.Instant;
import java.util.Optional;
import teleapi.call.Sid;

/**
 * A call in a conference, at one moment.
 *
 * @param coaches who alone hears it
 * @param connected false: it is being called for it
 */
public record ParticipantRecord(
        Sid callSid,
        Sid conferenceSid,
        Sid accountSid,
        boolean muted,
        boolean hold,
        Optional<Sid> coaches,
        boolean startConferenceOnEnter,
        boolean endConferenceOnExit,
        boolean connected,
        Instant dateCreated,
        Instant dateUpdated) {
    /** The same, as its call is now. */
    public ParticipantRecord with(boolean nowMuted, boolean nowHeld) {
        return new ParticipantRecord(
                callSid,
                conferenceSid,
                accountSid,
                nowMuted,
                nowHeld,
                coaches,
                startConferenceOnEnter,
                endConferenceOnExit,
                connected,
                dateCreated,
                dateUpdated);
    }
}
