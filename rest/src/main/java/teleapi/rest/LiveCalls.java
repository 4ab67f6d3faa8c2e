package teleapi.rest;

import java.util.List;
import java.util.Optional;
import teleapi.call.Accepted;
import teleapi.call.Created;
import teleapi.call.Modification;
import teleapi.call.NewCall;
import teleapi.call.Sid;
import teleapi.call.Switchboard;
import teleapi.call.records.CallRecord;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.ParticipantRecord;

/** What the API needs of the heart; a {@link Switchboard} fulfils it. The terms are the switchboard's. */
public interface LiveCalls {
    Created create(NewCall request);

    Accepted modify(Sid account, Sid call, Modification modification);

    Optional<CallRecord> live(Sid account, Sid call);

    List<ConferenceRecord> liveConferences(Sid account);

    List<ParticipantRecord> participants(Sid account, Sid conference);

    static LiveCalls of(Switchboard switchboard) {
        return new LiveCalls() {
            @Override
            public Created create(NewCall request) {
                return switchboard.create(request);
            }

            @Override
            public Accepted modify(Sid account, Sid call, Modification modification) {
                return switchboard.modify(account, call, modification);
            }

            @Override
            public Optional<CallRecord> live(Sid account, Sid call) {
                return switchboard.live(account, call);
            }

            @Override
            public List<ConferenceRecord> liveConferences(Sid account) {
                return switchboard.liveConferences(account);
            }

            @Override
            public List<ParticipantRecord> participants(Sid account, Sid conference) {
                return switchboard.participants(account, conference);
            }
        };
    }
}
