package teleapi.call;

import java.util.List;
import java.util.Optional;
import teleapi.call.records.CallRecord;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.ParticipantRecord;

/**
 * Answers the door: an INVITE or a REST request becomes a {@link Call}; finds live calls.
 *
 * <pre>
 * Thread  any
 * </pre>
 */
public final class Switchboard {
    /** Starts a call. The record is kept before this returns; may wait for that. */
    public Created create(NewCall request) {
        throw new UnsupportedOperationException();
    }

    /** Hands a modification to its call. Statuses are told from the call's thread. */
    public Accepted modify(Sid account, Sid call, Modification modification) {
        throw new UnsupportedOperationException();
    }

    /** The newest snapshot of a live call. */
    public Optional<CallRecord> live(Sid account, Sid call) {
        throw new UnsupportedOperationException();
    }

    /** Snapshots of all live calls of an account. */
    public List<CallRecord> live(Sid account) {
        throw new UnsupportedOperationException();
    }

    public List<ConferenceRecord> liveConferences(Sid account) {
        throw new UnsupportedOperationException();
    }

    /** Who is in a live conference; empty when it is not live. */
    public List<ParticipantRecord> participants(Sid account, Sid conference) {
        throw new UnsupportedOperationException();
    }

    /** Takes a participant out of a conference and hangs its call up; false when it is not in it. */
    public boolean kick(Sid account, Sid conference, Sid call) {
        throw new UnsupportedOperationException();
    }

    public Gauges gauges() {
        throw new UnsupportedOperationException();
    }
}
