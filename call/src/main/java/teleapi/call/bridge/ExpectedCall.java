package teleapi.call.bridge;

import java.time.Instant;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.ParticipantRecord;

/**
 * One for whom a place is kept.
 *
 * @param called whether it is being called for this conference, and has no other life; else it comes from another room
 * @param inPlaceOf the participant that has transferred its place to this one
 */
public record ExpectedCall(Sid call, teleapi.rcml.Conference terms, boolean called, Optional<Sid> inPlaceOf) {
    ParticipantRecord record(ConferenceRecord conference, Instant now) {
        return new ParticipantRecord(
                call,
                conference.sid(),
                conference.accountSid(),
                terms.muted(),
                false,
                terms.coach().flatMap(coached -> Sid.parse(Sid.CALL, coached)),
                terms.startConferenceOnEnter(),
                terms.endConferenceOnExit(),
                false,
                now,
                now);
    }
}
