package teleapi.rest;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import teleapi.call.Accepted;
import teleapi.call.BatchStatus;
import teleapi.call.Call;
import teleapi.call.Change;
import teleapi.call.ControlState;
import teleapi.call.Controls;
import teleapi.call.Created;
import teleapi.call.Modification;
import teleapi.call.NewCall;
import teleapi.call.NewDocument;
import teleapi.call.Sid;
import teleapi.call.Switchboard;
import teleapi.call.bridge.Announcement;
import teleapi.call.bridge.Conference;
import teleapi.call.bridge.QueueMember;
import teleapi.call.bridge.Recorded;
import teleapi.call.bridge.Reservation;
import teleapi.call.directory.Account;
import teleapi.call.messaging.NewMessage;
import teleapi.call.messaging.Sent;
import teleapi.call.records.CallRecord;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.JournalEntry;
import teleapi.call.records.ParticipantRecord;
import teleapi.media.MediaSession;
import teleapi.media.Quality;

/** What the API needs of the heart; a {@link Switchboard} fulfils it. The terms are the switchboard's. */
public interface LiveCalls {
    /** reference/peers.md 2.6. */
    String ENDED_BY_API = "conference-ended-via-api";

    Created create(NewCall request);

    Sent send(NewMessage request);

    Accepted modify(Sid account, Sid call, Modification modification);

    OptionalInt modify(Sid account, List<Change> changes, Consumer<BatchStatus> told);

    /** What joins a call to another live one; empty when that is not live. */
    Optional<NewDocument> bridge(Sid account, Sid modification, Sid other);

    /** The live controls in force on a live call. */
    Optional<ControlState> controls(Sid account, Sid call);

    Optional<CallRecord> live(Sid account, Sid call);

    /** How well the sound of a live call goes, as of a second ago. */
    Optional<Quality> liveQuality(Sid account, Sid call);

    /** What a live call took and did so far. */
    Optional<List<JournalEntry>> journal(Sid account, Sid call);

    List<ConferenceRecord> liveConferences(Sid account);

    List<ParticipantRecord> participants(Sid account, Sid conference);

    /** Ends a live conference; {@code over} is told when it is over, and must not wait. False: it is not live. */
    boolean endConference(Sid account, Sid conference, Runnable over);

    /** Lets all of a live conference hear something. False: it is not live. */
    boolean announce(Account account, Sid conference, NewDocument.Fetch from, Consumer<Announcement> told);

    /** Begins the recording of a live conference, or changes the one that goes on; {@code told} must not wait. False: it is not live. */
    boolean recordConference(
            Sid account, Sid conference, Controls.Recording wanted, boolean trimmed, Consumer<Recorded> told);

    /** Who waits in a queue, the first one first. */
    List<QueueMember> queueMembers(Sid account, Sid queue);

    /** Keeps one who waits, {@code wanted} or the first, for a request that takes it out. Waits for the queue's answer. */
    Optional<Reservation> reserve(Sid account, Sid queue, Optional<Sid> wanted);

    static LiveCalls of(Switchboard switchboard) {
        return new LiveCalls() {
            @Override
            public Created create(NewCall request) {
                return switchboard.create(request);
            }

            @Override
            public Sent send(NewMessage request) {
                return switchboard.send(request);
            }

            @Override
            public Accepted modify(Sid account, Sid call, Modification modification) {
                return switchboard.modify(account, call, modification);
            }

            @Override
            public OptionalInt modify(Sid account, List<Change> changes, Consumer<BatchStatus> told) {
                return switchboard.modify(account, changes, told);
            }

            @Override
            public Optional<NewDocument> bridge(Sid account, Sid modification, Sid other) {
                return switchboard.find(account, other).map(call -> new NewDocument.Bridge(modification, call));
            }

            @Override
            public Optional<ControlState> controls(Sid account, Sid call) {
                return switchboard.find(account, call).map(Call::controls);
            }

            @Override
            public Optional<CallRecord> live(Sid account, Sid call) {
                return switchboard.live(account, call);
            }

            @Override
            public Optional<Quality> liveQuality(Sid account, Sid call) {
                return switchboard
                        .find(account, call)
                        .map(found -> found.media().map(MediaSession::quality).orElse(Quality.NONE));
            }

            @Override
            public Optional<List<JournalEntry>> journal(Sid account, Sid call) {
                return switchboard
                        .find(account, call)
                        .map(found -> found.journal().entries());
            }

            @Override
            public List<ConferenceRecord> liveConferences(Sid account) {
                return switchboard.rooms().live(account);
            }

            @Override
            public List<ParticipantRecord> participants(Sid account, Sid conference) {
                return switchboard.rooms().participants(account, conference);
            }

            @Override
            public List<QueueMember> queueMembers(Sid account, Sid queue) {
                return switchboard.queues().members(account, queue);
            }

            @Override
            public Optional<Reservation> reserve(Sid account, Sid queue, Optional<Sid> wanted) {
                return switchboard.queues().reserve(account, queue, wanted);
            }

            @Override
            public boolean endConference(Sid account, Sid conference, Runnable over) {
                return switchboard
                        .rooms()
                        .live(account, conference)
                        .filter(live -> live.end(ENDED_BY_API, over))
                        .isPresent();
            }

            @Override
            public boolean recordConference(
                    Sid account, Sid conference, Controls.Recording wanted, boolean trimmed, Consumer<Recorded> told) {
                return switchboard
                        .rooms()
                        .live(account, conference)
                        .filter(live -> live.record(wanted, trimmed, told))
                        .isPresent();
            }

            @Override
            public boolean announce(
                    Account account, Sid conference, NewDocument.Fetch from, Consumer<Announcement> told) {
                Optional<Conference> live = switchboard.rooms().live(account.sid(), conference);
                live.ifPresent(found -> switchboard.rooms().announce(account, found, from, told));
                return live.isPresent();
            }
        };
    }
}
