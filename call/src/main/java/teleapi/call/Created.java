package teleapi.call;

import teleapi.call.records.CallRecord;
import teleapi.call.records.ParticipantRecord;

/** What came of {@code POST Calls}. */
public sealed interface Created {
    record Call(CallRecord record) implements Created {}

    /** A call that was made for a conference, and its place there. */
    record Participant(CallRecord record, ParticipantRecord participant) implements Created {}

    /**
     * Nothing was started.
     *
     * @param httpStatus 400, 404, 429 or 503
     */
    record Refused(int httpStatus, int code, String reason) implements Created {}
}
