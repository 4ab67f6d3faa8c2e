package teleapi.call.bridge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.Call;
import teleapi.call.CallEvent;
import teleapi.call.ControlState;
import teleapi.call.Equipment;
import teleapi.call.Sid;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.ConferenceRecords;
import teleapi.call.records.ParticipantRecord;
import teleapi.media.Room;
import teleapi.media.Sound;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;
import teleapi.runtime.Published;
import teleapi.runtime.World;

/**
 * A room of an account by name: decides who is in, whether it has started, and when it is over.
 *
 * <p>It starts when two are in it and one of them may start it; until then its participants wait. It is over when the last one left, or
 * one with endConferenceOnExit. Each participant plays its own wait sound and joins the mixing room itself: the conference only says when.
 *
 * <pre>
 * Thread  enter, leave, controlled, speaks, end, records: any. State: its own script's
 * Errors  enter answers false when the conference is over: open a new one
 * Source  CONTRACT section 3; RFC 4353; ADR-0008
 * </pre>
 */
public final class Conference {
    /** Requests that may wait: enough for every participant to come and go at once. */
    private static final int MAILBOX = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Conference.class);

    private final World world;
    private final ConferenceRecords records;
    private final ConferenceNews news;
    private final Consumer<Conference> gone;
    private final Mailbox<ConferenceMessage> mailbox;
    private final Room room;
    private final Published<ConferenceRecord> record;
    private final Published<List<ParticipantRecord>> participants = new Published<>(List.of());
    private final Map<Sid, Participant> members = new LinkedHashMap<>();
    private boolean entered;
    private boolean started;
    private Optional<String> over = Optional.empty();
    private Optional<Sid> ender = Optional.empty();

    private Conference(Equipment equipment, Sid account, String name, Consumer<Conference> gone) {
        this.world = equipment.world();
        this.records = equipment.conferenceRecords();
        this.news = new ConferenceNews(equipment);
        this.gone = gone;
        this.mailbox = world.mailbox("conference " + name, MAILBOX);
        this.room = equipment.media().openRoom(account.text());
        var now = world.time().now();
        this.record = new Published<>(new ConferenceRecord(
                Sid.fresh(Sid.CONFERENCE, world),
                account,
                name,
                ConferenceRecord.Status.INIT,
                now,
                now,
                Optional.empty(),
                Optional.empty(),
                0));
    }

    /** Opens it; {@code gone} is told on its thread when it is over. It takes nobody in before {@link #start}. */
    public static Conference open(Equipment equipment, Sid account, String name, Consumer<Conference> gone) {
        return new Conference(equipment, account, name, gone);
    }

    public void start() {
        records.write(record());
        world.start("conference " + record().sid(), this::run);
    }

    /** Gives up one that was never started. */
    public void close() {
        room.close();
    }

    /**
     * Asks to be let in: ConferenceEntered, or ConferenceFull, follows. False: it is over.
     *
     * @param callback who is told of the conference, if this call is its first participant
     */
    public boolean enter(
            Call call, teleapi.rcml.Conference terms, ControlState controls, Optional<ConferenceCallback> callback) {
        return mailbox.post(new ConferenceMessage.Enter(call, terms, controls, callback));
    }

    public void leave(Sid call) {
        mailbox.post(new ConferenceMessage.Leave(call));
    }

    /** Ends it for everyone; of no effect when it is over. */
    public void end(String reason) {
        mailbox.post(new ConferenceMessage.End(reason));
    }

    /** Shows a participant's controls in the list. */
    public void controlled(Sid call, ControlState controls) {
        mailbox.post(new ConferenceMessage.Controlled(call, controls));
    }

    /** A participant begins or ends to speak. */
    public void speaks(Sid call, boolean begins) {
        mailbox.post(new ConferenceMessage.Speaks(call, begins));
    }

    public ConferenceRecord record() {
        return record.get();
    }

    public List<ParticipantRecord> participants() {
        return participants.get();
    }

    /** Where its members' media sessions meet. */
    public Room room() {
        return room;
    }

    private void run() {
        while (over.isEmpty()) {
            ConferenceMessage message = mailbox.take(Deadline.NEVER).orElseThrow();
            try {
                take(message);
            } catch (RuntimeException bug) {
                // Its members must not wait for ever for one that is no more.
                LOG.error("conference {} ends by a fault of ours", record().sid(), bug);
                over = Optional.of("error");
            }
        }
        gone.accept(this);
        for (ConferenceMessage left : mailbox.close()) {
            if (left instanceof ConferenceMessage.Enter enter) {
                // It asked before the end and was not let in: it enters the next conference of this name.
                enter.call().post(new CallEvent.ConferenceEnded(this, over.get()));
            }
        }
        for (Participant member : members.values()) {
            member.call().post(new CallEvent.ConferenceEnded(this, over.get()));
            news.leave(record(), member);
        }
        members.clear();
        publish(ConferenceRecord.Status.COMPLETED);
        room.close();
    }

    private void take(ConferenceMessage message) {
        switch (message) {
            case ConferenceMessage.Enter enter -> enter(enter);
            case ConferenceMessage.Leave leave -> left(leave.call());
            case ConferenceMessage.End end -> over = Optional.of(end.reason());
            case ConferenceMessage.Controlled(Sid call, ControlState controls) ->
                members.computeIfPresent(call, (sid, before) -> {
                    Participant now = before.with(controls);
                    news.changed(record(), before, now);
                    return now;
                });
            case ConferenceMessage.Speaks(Sid call, boolean begins) ->
                members.computeIfPresent(call, (sid, before) -> {
                    news.speaks(record(), before, begins);
                    return before.speaking(begins);
                });
        }
        publish(started ? ConferenceRecord.Status.IN_PROGRESS : ConferenceRecord.Status.INIT);
    }

    private void enter(ConferenceMessage.Enter enter) {
        Call call = enter.call();
        if (members.size() >= enter.terms().maxParticipants()) {
            call.post(new CallEvent.ConferenceFull(this));
            return;
        }
        if (!entered) {
            entered = true;
            enter.callback()
                    .ifPresent(to -> news.subscribe(record(), to, call.account().authToken()));
        }
        var fresh = new Participant(call, enter.terms(), world.time().now(), enter.controls(), false);
        members.put(call.sid(), fresh);
        boolean starts = !started
                && members.size() >= 2
                && members.values().stream().anyMatch(member -> member.terms().startConferenceOnEnter());
        publishMembers();
        news.join(record(), fresh);
        if (starts) {
            started = true;
            publish(ConferenceRecord.Status.IN_PROGRESS);
            for (Participant member : members.values()) {
                if (member.call() != call) {
                    member.call().post(new CallEvent.ConferenceStarted(this));
                }
            }
        }
        boolean listens = news.wants(ConferenceCallback.Topic.SPEAKER);
        call.post(new CallEvent.ConferenceEntered(this, record().sid(), started, listens));
        if (started && enter.terms().beepOnEnter()) {
            room.announce(Sound.beep());
        }
    }

    private void left(Sid call) {
        Participant member = members.remove(call);
        if (member == null) {
            return;
        }
        news.leave(record(), member);
        if (member.terms().endConferenceOnExit()) {
            over = Optional.of("participant-with-end-conference-on-exit-left");
            ender = Optional.of(call);
        } else if (members.isEmpty()) {
            over = Optional.of("last-participant-left");
            ender = Optional.of(call);
        } else if (started && member.terms().beepOnExit()) {
            room.announce(Sound.beep());
        }
    }

    private void publishMembers() {
        ConferenceRecord here = record();
        var now = world.time().now();
        participants.set(members.values().stream()
                .map(member -> member.record(here, now))
                .toList());
    }

    private void publish(ConferenceRecord.Status status) {
        publishMembers();
        ConferenceRecord before = record.get();
        if (before.status() == status) {
            return;
        }
        var now = new ConferenceRecord(
                before.sid(),
                before.accountSid(),
                before.friendlyName(),
                status,
                before.dateCreated(),
                world.time().now(),
                over,
                ender,
                before.revision() + 1);
        record.set(now);
        records.write(now);
        switch (status) {
            case INIT -> {}
            case IN_PROGRESS -> news.start(now);
            case COMPLETED -> news.end(now);
        }
    }
}
