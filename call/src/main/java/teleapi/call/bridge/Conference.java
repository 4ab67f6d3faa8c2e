package teleapi.call.bridge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.Call;
import teleapi.call.CallEvent;
import teleapi.call.ControlState;
import teleapi.call.Controls;
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
 * Thread  what posts, record, participants, room: any. State: its own script's
 * Errors  enter answers false when the conference is over: open a new one
 * Source  CONTRACT section 3; RFC 4353; ADR-0008
 * </pre>
 */
public final class Conference {
    /** Requests that may wait: enough for every participant to come and go at once. */
    private static final int MAILBOX = 1_000;

    private static final String LAST_LEFT = "last-participant-left";

    private static final Logger LOG = LoggerFactory.getLogger(Conference.class);

    private final World world;
    private final ConferenceRecords records;
    private final ConferenceNews news;
    private final ConferenceRecordings recordings;
    private final BiConsumer<Conference, List<ExpectedCall>> gone;
    private final Mailbox<ConferenceMessage> mailbox;
    private final Room room;
    private final Published<ConferenceRecord> record;
    private final Published<List<ParticipantRecord>> participants = new Published<>(List.of());
    private final Map<Sid, Participant> members = new LinkedHashMap<>();
    /** For whom a place is kept. */
    private final Map<Sid, ExpectedCall> expected = new LinkedHashMap<>();

    private final Successions successions = new Successions();

    private final List<Runnable> endings = new ArrayList<>();
    private boolean entered;
    private boolean started;
    private Optional<String> over = Optional.empty();
    private Optional<Sid> ender = Optional.empty();

    private Conference(Equipment equipment, Sid account, String name, BiConsumer<Conference, List<ExpectedCall>> gone) {
        this.world = equipment.world();
        this.records = equipment.conferenceRecords();
        this.news = new ConferenceNews(equipment);
        this.gone = gone;
        this.mailbox = world.mailbox("conference " + name, MAILBOX);
        this.room = equipment.media().openRoom(account.text());
        this.recordings = new ConferenceRecordings(equipment, room);
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

    /** Opens it; {@code gone} is told on its thread when it is over, and who is still awaited. It takes nobody in before {@link #start}. */
    public static Conference open(
            Equipment equipment, Sid account, String name, BiConsumer<Conference, List<ExpectedCall>> gone) {
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
     * @param coaches who alone is to hear it
     * @param callback who is told of the conference, if this call is its first participant
     */
    public boolean enter(
            Call call,
            teleapi.rcml.Conference terms,
            ControlState controls,
            Optional<Sid> coaches,
            Optional<ConferenceCallback> callback) {
        return mailbox.post(new ConferenceMessage.Enter(call, terms, controls, coaches, callback));
    }

    /** Keeps a place for a call, which is to enter or to leave; {@code answered} must only post. False: it is over. */
    public boolean expect(ExpectedCall call, int most, Consumer<Expected> answered) {
        return mailbox.post(new ConferenceMessage.Expect(call, most, answered));
    }

    public void leave(Sid call) {
        leave(call, false);
    }

    /** Keeps no place any more for a call that has not come in. */
    public void giveUp(Sid call) {
        mailbox.post(new ConferenceMessage.GiveUp(call));
    }

    /** A call leaves; {@code kicked} by the API. */
    public void leave(Sid call, boolean kicked) {
        mailbox.post(new ConferenceMessage.Leave(call, kicked));
    }

    /** Ends it for everyone; {@code over} must only post. False: it is over. */
    public boolean end(String reason, Runnable over) {
        return mailbox.post(new ConferenceMessage.End(reason, over));
    }

    /** Lets all hear it; {@code begun} must only post. False: it is over. */
    public boolean announce(Sound sound, String url, Consumer<Announcement> begun) {
        return mailbox.post(new ConferenceMessage.Announce(sound, url, begun));
    }

    /** Begins its recording, or changes the one that goes on; {@code told} must only post. False: it is over. */
    public boolean record(Controls.Recording wanted, boolean trimmed, Consumer<Recorded> told) {
        return mailbox.post(new ConferenceMessage.Record(wanted, trimmed, told));
    }

    /** A participant has heard what was announced to it alone. */
    public void announced(Sid call, String url) {
        mailbox.post(new ConferenceMessage.AnnouncementOver(url, Optional.of(call), Optional.empty()));
    }

    /** What all were to hear cannot be had. */
    public void notAnnounced(String url, String why) {
        mailbox.post(new ConferenceMessage.AnnouncementOver(url, Optional.empty(), Optional.of(why)));
    }

    /** A participant is here on other terms from now on: ParticipantChanged follows. False: it is over. */
    public boolean change(Call call, teleapi.rcml.Conference terms, Optional<Sid> coaches, long request) {
        return mailbox.post(new ConferenceMessage.Change(call, terms, coaches, request));
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
        recordings.end();
        gone.accept(this, List.copyOf(expected.values()));
        mailbox.close().forEach(this::refuse);
        for (Participant member : members.values()) {
            member.call().post(new CallEvent.ConferenceEnded(this, over.get()));
            news.leave(record(), member);
        }
        members.clear();
        expected.clear();
        publish(ConferenceRecord.Status.COMPLETED);
        room.close();
        endings.forEach(Runnable::run);
        news.end(record(), recordings.last());
    }

    /** What came after its end. */
    private void refuse(ConferenceMessage late) {
        switch (late) {
            // It asked before the end and was not let in: it enters the next conference of this name.
            case ConferenceMessage.Enter enter ->
                enter.call().post(new CallEvent.ConferenceEnded(this, over.orElse("")));
            case ConferenceMessage.Expect expect -> expect.answered().accept(new Expected.Over());
            case ConferenceMessage.Announce announce -> announce.begun().accept(new Announcement.Over());
            case ConferenceMessage.Record record -> record.told().accept(new Recorded.Over());
            case ConferenceMessage.Change change ->
                change.call().post(new CallEvent.ParticipantChanged(this, change.request(), false));
            case ConferenceMessage.End end -> endings.add(end.over());
            case ConferenceMessage.Leave leave -> {}
            case ConferenceMessage.GiveUp giveUp -> {}
            case ConferenceMessage.Controlled controlled -> {}
            case ConferenceMessage.Speaks speaks -> {}
            case ConferenceMessage.AnnouncementOver announced -> {}
        }
    }

    private void take(ConferenceMessage message) {
        switch (message) {
            case ConferenceMessage.Enter enter -> enter(enter);
            case ConferenceMessage.Expect expect -> expect(expect);
            case ConferenceMessage.Leave leave -> left(leave);
            case ConferenceMessage.GiveUp(Sid call) -> {
                successions.forget(call);
                if (expected.containsKey(call)) {
                    left(new ConferenceMessage.Leave(call, false));
                }
            }
            case ConferenceMessage.End end -> {
                over = Optional.of(end.reason());
                endings.add(end.over());
            }
            case ConferenceMessage.Controlled(Sid call, ControlState controls) ->
                members.computeIfPresent(call, (sid, before) -> {
                    Participant now = before.with(controls);
                    news.changed(record(), before, now);
                    return now;
                });
            case ConferenceMessage.Change change -> change(change);
            case ConferenceMessage.Speaks(Sid call, boolean begins) ->
                members.computeIfPresent(call, (sid, before) -> {
                    news.speaks(record(), before, begins);
                    return before.speaking(begins);
                });
            case ConferenceMessage.Announce announce -> announce(announce);
            case ConferenceMessage.Record(var wanted, boolean trimmed, var told) ->
                recordings.change(record(), wanted, trimmed, told);
            case ConferenceMessage.AnnouncementOver(String url, Optional<Sid> to, Optional<String> failure) -> {
                if (to.isEmpty() || members.containsKey(to.get())) {
                    news.announced(record(), url, to.map(members::get), failure);
                }
            }
        }
        publish(started ? ConferenceRecord.Status.IN_PROGRESS : ConferenceRecord.Status.INIT);
    }

    private void enter(ConferenceMessage.Enter enter) {
        Call call = enter.call();
        if (successions.tooLate(call.sid())) {
            return;
        }
        boolean kept = expected.remove(call.sid()) != null;
        if (!kept && taken() >= enter.terms().maxParticipants()) {
            call.post(new CallEvent.ConferenceFull(this));
            return;
        }
        if (!entered) {
            entered = true;
            enter.callback()
                    .ifPresent(to -> news.subscribe(record(), to, call.account().authToken()));
        }
        Optional<Participant> before = successions.came(call.sid()).flatMap(this::outgoing);
        boolean stillThere =
                before.isPresent() && members.remove(before.get().call().sid()) != null;
        Place place = before.map(old -> old.handedOn(enter.terms())).orElse(new Place(enter.terms(), enter.coaches()));
        recordings.entered(call, place.terms());
        ControlState controls = before.isEmpty() ? enter.controls() : inPlace(enter, place);
        var fresh = new Participant(call, place.terms(), world.time().now(), controls, place.coaches(), false);
        members.put(call.sid(), fresh);
        boolean starts = !started
                && members.size() >= 2
                && members.values().stream().anyMatch(member -> member.terms().startConferenceOnEnter());
        publishMembers();
        news.join(record(), fresh);
        before.filter(old -> stillThere).ifPresent(old -> replaced(old, call));
        if (starts) {
            started = true;
            publish(ConferenceRecord.Status.IN_PROGRESS);
            for (Participant member : members.values()) {
                if (member.call() != call) {
                    member.call().post(new CallEvent.ConferenceStarted(this));
                }
            }
        }
        if (started) {
            recordings.started(record());
        }
        boolean listens = news.wants(ConferenceCallback.Topic.SPEAKER);
        call.post(new CallEvent.ConferenceEntered(this, record().sid(), started, listens, before.map(old -> place)));
    }

    /** Its controls once it has the terms of the place: those that it came with may be muted by its own. */
    private static ControlState inPlace(ConferenceMessage.Enter enter, Place place) {
        boolean byRequest = enter.controls().muted() && !enter.terms().muted();
        return enter.controls().mutedOrNot(place.terms().muted() || byRequest);
    }

    /** Whose place is taken now; nobody else is awaited for it. */
    private Optional<Participant> outgoing(Sid of) {
        successions.others(of).forEach(expected::remove);
        return successions.takeLeft(of).or(() -> Optional.ofNullable(members.get(of)));
    }

    private void replaced(Participant old, Call by) {
        news.leave(record(), old);
        old.call().post(new CallEvent.PlaceTaken(this, by));
    }

    /** Places that are taken or kept: who comes in another's place needs none of its own. */
    private int taken() {
        long awaited = expected.values().stream()
                .filter(call -> call.inPlaceOf().isEmpty())
                .count();
        return members.size() + (int) awaited + successions.kept();
    }

    private void expect(ConferenceMessage.Expect expect) {
        Optional<Sid> of = expect.call().inPlaceOf();
        Participant there = members.get(expect.call().call());
        if (there != null) {
            // It was faster than the word that it comes.
            of.flatMap(this::outgoing)
                    .filter(old -> members.remove(old.call().sid()) != null)
                    .ifPresent(old -> replaced(old, there.call()));
            expect.answered()
                    .accept(new Expected.Kept(
                            expect.call().record(record(), world.time().now())));
            return;
        }
        if (of.isEmpty() && taken() >= expect.most()) {
            expect.answered().accept(new Expected.Full());
            // One that was opened for nothing is over again.
            if (members.isEmpty() && expected.isEmpty()) {
                over = Optional.of(LAST_LEFT);
            }
            return;
        }
        ExpectedCall call = expect.call();
        expected.put(call.call(), call);
        of.ifPresent(member -> successions.expect(call.call(), member, expect.answered()));
        publishMembers();
        expect.answered()
                .accept(new Expected.Kept(call.record(record(), world.time().now())));
    }

    private void change(ConferenceMessage.Change change) {
        Participant before = members.get(change.call().sid());
        if (before != null) {
            Participant now = before.with(change.terms(), change.coaches());
            if (!now.equals(before)) {
                members.put(change.call().sid(), now);
                news.modified(record(), now);
            }
            publishMembers();
        }
        change.call().post(new CallEvent.ParticipantChanged(this, change.request(), before != null));
    }

    /** Who is in a conference that has started is in its room, or about to be. */
    private void announce(ConferenceMessage.Announce announce) {
        if (!started || members.isEmpty()) {
            announce.begun().accept(new Announcement.NotStarted());
            return;
        }
        room.announce(
                announce.sound(),
                taken -> {
                    announce.begun().accept(taken ? new Announcement.Begun() : new Announcement.Full());
                    if (!taken) {
                        notAnnounced(announce.url(), "as much is announced already as may wait");
                    }
                },
                () -> mailbox.post(
                        new ConferenceMessage.AnnouncementOver(announce.url(), Optional.empty(), Optional.empty())));
    }

    private void left(ConferenceMessage.Leave leave) {
        Participant member = members.remove(leave.call());
        boolean awaited = expected.remove(leave.call()) != null;
        if (member == null && !awaited) {
            return;
        }
        Optional<Participant> goes = member == null ? successions.gaveUp(leave.call()) : Optional.of(member);
        if (member != null) {
            news.leave(record(), member);
            if (successions.leaves(member)) {
                return;
            }
        }
        if (goes.filter(one -> one.terms().endConferenceOnExit()).isPresent()) {
            over = Optional.of("participant-with-end-conference-on-exit-" + (leave.kicked() ? "kicked" : "left"));
            ender = goes.map(one -> one.call().sid());
        } else if (members.isEmpty() && expected.isEmpty()) {
            over = Optional.of(leave.kicked() ? "last-participant-kicked" : LAST_LEFT);
            ender = Optional.of(leave.call());
        } else if (started && member != null && member.terms().beepOnExit()) {
            room.announce(Sound.beep());
        }
    }

    private void publishMembers() {
        ConferenceRecord here = record();
        var now = world.time().now();
        participants.set(Stream.concat(
                        members.values().stream().map(member -> member.record(here, now)),
                        expected.values().stream().filter(ExpectedCall::called).map(call -> call.record(here, now)))
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
            // Its end is told when its recording is whole.
            case COMPLETED -> {}
        }
    }
}
