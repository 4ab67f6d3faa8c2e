package teleapi.call.records;

import java.time.Instant;
import teleapi.call.Sid;

/** A call in a conference, at one moment. */
public record ParticipantRecord(
        Sid callSid,
        Sid conferenceSid,
        Sid accountSid,
        boolean muted,
        boolean hold,
        boolean startConferenceOnEnter,
        boolean endConferenceOnExit,
        Instant dateCreated,
        Instant dateUpdated) {
    public ParticipantRecord withMuted(boolean now) {
        return new ParticipantRecord(
                callSid,
                conferenceSid,
                accountSid,
                now,
                hold,
                startConferenceOnEnter,
                endConferenceOnExit,
                dateCreated,
                dateUpdated);
    }
}
