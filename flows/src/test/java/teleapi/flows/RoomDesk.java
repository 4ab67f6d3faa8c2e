package teleapi.flows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import teleapi.call.Accepted;
import teleapi.call.Change;
import teleapi.call.Controls;
import teleapi.call.Created;
import teleapi.call.Ending;
import teleapi.call.Modification;
import teleapi.call.NewCall;
import teleapi.call.NewDocument;
import teleapi.call.Participation;
import teleapi.call.Sid;
import teleapi.call.StatusCallback;
import teleapi.call.bridge.Conference;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.ParticipantRecord;
import teleapi.media.Tracks;
import teleapi.rcml.ConferenceRecording;
import teleapi.rcml.HttpMethod;
import teleapi.rcml.Position;
import teleapi.rcml.RecordingCallback;

/**
 * A desk of an exploration that runs conferences: calls people in, moves them, alone and together, lets them coach, announces, kicks, and ends
 * rooms.
 *
 * <pre>
 * Thread  one at a time, in the simulation
 * Source  ADR-0015 "How we would notice it was wrong"
 * </pre>
 */
final class RoomDesk {
    private static final List<String> ROOMS = List.of("room", "side");
    private static final NewDocument.Fetch HEARD = new NewDocument.Fetch("http://app/heard", HttpMethod.POST);

    private final House house;
    private final Random chance;
    private final Outcomes outcomes;
    private final Map<String, Integer> seen = new TreeMap<>();

    RoomDesk(House house, Random chance, Outcomes outcomes) {
        this.house = house;
        this.chance = chance;
        this.outcomes = outcomes;
    }

    /** How often it did what. */
    Map<String, Integer> seen() {
        return seen;
    }

    /** Does one thing to one of the live conferences; or calls somebody into one. */
    void act() {
        List<ConferenceRecord> live = house.switchboard.rooms().live(house.account.sid());
        if (live.isEmpty() || chance.nextInt(5) == 0) {
            callIn();
            return;
        }
        Sid room = live.get(chance.nextInt(live.size())).sid();
        List<ParticipantRecord> there = house.switchboard.rooms().participants(house.account.sid(), room).stream()
                .filter(ParticipantRecord::connected)
                .toList();
        Optional<Conference> conference = house.switchboard.rooms().live(house.account.sid(), room);
        if (conference.isPresent() && chance.nextInt(12) == 0) {
            saw("rooms ended");
            conference.get().end("conference-ended-via-api", () -> {});
        } else if (conference.isPresent() && chance.nextInt(8) == 0) {
            house.switchboard.rooms().announce(house.account, conference.get(), HEARD, told -> saw("announced"));
        } else if (conference.isPresent() && chance.nextInt(6) == 0) {
            record(conference.get());
        } else if (!there.isEmpty()) {
            participant(room, there);
        }
    }

    /** What somebody's noun says of the recording; most say nothing. */
    private Optional<ConferenceRecording> recording() {
        return chance.nextInt(3) == 0
                ? Optional.of(new ConferenceRecording(chance.nextInt(4) != 0, chance.nextBoolean(), callback()))
                : Optional.empty();
    }

    private static RecordingCallback callback() {
        return new RecordingCallback(
                Optional.of("http://app/conference-recording"), HttpMethod.POST, List.copyOf(RecordingCallback.EVENTS));
    }

    private void record(Conference conference) {
        Controls.Recording wanted = switch (chance.nextInt(4)) {
            case 0 -> new Controls.Recording.Start(Tracks.MONO, callback(), "StartConferenceRecordingAPI", false);
            case 1 -> new Controls.Recording.Pause(Optional.empty(), chance.nextBoolean());
            case 2 -> new Controls.Recording.Resume(Optional.empty());
            default -> new Controls.Recording.Stop(Optional.empty());
        };
        boolean asked = conference.record(
                wanted,
                chance.nextBoolean(),
                told -> saw("room recording " + told.getClass().getSimpleName()));
        saw(asked ? "room recordings asked" : "room recordings too late");
    }

    private void participant(Sid room, List<ParticipantRecord> there) {
        Sid one = there.get(chance.nextInt(there.size())).callSid();
        Sid other = there.get(chance.nextInt(there.size())).callSid();
        switch (chance.nextInt(10)) {
            case 0 -> kick(one, room);
            case 1 -> change(one, Controls.UNCHANGED.with(coaching(room, Optional.of(other))));
            case 2 -> change(one, Controls.UNCHANGED.with(coaching(room, Optional.empty())));
            case 3 -> change(one, Controls.mute(chance.nextBoolean()).with(Participation.in(room)));
            case 4 -> change(one, announcement().with(Participation.in(room)));
            case 5 -> change(one, Controls.UNCHANGED.with(manners(room)));
            case 6 -> moveTogether(one, other);
            default ->
                change(one, Controls.UNCHANGED.with(move(chance.nextBoolean() ? Optional.of(room) : Optional.empty())));
        }
    }

    private void callIn() {
        String name = ROOMS.get(chance.nextInt(ROOMS.size()));
        Optional<Sid> only = house.switchboard
                .rooms()
                .live(house.account.sid(), name)
                .filter(live -> chance.nextBoolean())
                .map(live -> live.record().sid());
        var terms = new teleapi.rcml.Conference(
                new Position(1, 1),
                name,
                false,
                chance.nextBoolean(),
                chance.nextInt(5) == 0,
                chance.nextBoolean(),
                chance.nextBoolean(),
                Optional.empty(),
                HttpMethod.POST,
                2 + chance.nextInt(4),
                Optional.of("http://app/conference"),
                HttpMethod.POST,
                List.copyOf(teleapi.rcml.Conference.EVENTS),
                Optional.empty(),
                recording());
        Created created = house.switchboard.create(new NewCall(
                house.account.sid(),
                "+15550000",
                List.of("client:bob", "client:alice", "+15550001").get(chance.nextInt(3)),
                new NewDocument.Join(terms, only),
                Optional.of(new StatusCallback(
                        "http://app/status", HttpMethod.POST, Set.of(StatusCallback.Event.values()))),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                "",
                Optional.empty()));
        switch (created) {
            case Created.Participant participant -> saw("called in");
            case Created.Call call -> throw new IllegalStateException("a call without its conference: " + call);
            case Created.Refused refused -> saw("not called in: " + refused.code());
        }
    }

    private void kick(Sid call, Sid room) {
        saw("kicked");
        submit(
                call,
                modification(
                        Sid.fresh(Sid.MODIFICATION, house.world),
                        Optional.of(Ending.COMPLETED),
                        Controls.UNCHANGED.with(Participation.in(room))));
    }

    private void change(Sid call, Controls controls) {
        submit(call, modification(Sid.fresh(Sid.MODIFICATION, house.world), Optional.empty(), controls));
    }

    private void submit(Sid call, Modification modification) {
        outcomes.asked(modification.sid());
        outcomes.accepted(modification.sid(), house.switchboard.modify(house.account.sid(), call, modification));
    }

    private Modification modification(Sid sid, Optional<Ending> ending, Controls controls) {
        return new Modification(
                sid,
                Optional.empty(),
                ending,
                controls,
                Optional.empty(),
                OptionalLong.empty(),
                chance.nextInt(20) == 0,
                status -> {
                    outcomes.told(status);
                    if (status.state().last()
                            && controls.participation()
                                    .flatMap(wanted -> wanted.moveTo())
                                    .isPresent()) {
                        saw("move " + status.state());
                    }
                });
    }

    private void moveTogether(Sid one, Sid other) {
        var changes = new ArrayList<Change>();
        Participation wanted = move(Optional.empty());
        for (Sid call : new LinkedHashSet<>(List.of(one, other))) {
            changes.add(new Change.OfCall(
                    call,
                    modification(
                            Sid.fresh(Sid.MODIFICATION, house.world),
                            Optional.empty(),
                            Controls.UNCHANGED.with(wanted))));
        }
        changes.forEach(
                change -> outcomes.asked(((Change.OfCall) change).modification().sid()));
        boolean taken = house.switchboard
                .modify(house.account.sid(), changes, status -> {})
                .isEmpty();
        if (!taken) {
            changes.forEach(change ->
                    outcomes.accepted(((Change.OfCall) change).modification().sid(), Accepted.NO_SUCH_LIVE_CALL));
        }
    }

    private static Controls announcement() {
        return new Controls(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Controls.Over(new Controls.Source.Announcement(HEARD), 1, Controls.Legs.SELF)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Participation coaching(Sid room, Optional<Sid> whom) {
        return new Participation(
                Optional.of(room),
                Optional.of(whom.<Participation.Coaching>map(Participation.Coaching.Of::new)
                        .orElseGet(Participation.Coaching.Nobody::new)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private Participation manners(Sid room) {
        return new Participation(
                Optional.of(room),
                Optional.empty(),
                Optional.of(chance.nextInt(3) == 0),
                Optional.of(chance.nextBoolean()),
                chance.nextBoolean()
                        ? Optional.of(new Participation.Waiting("http://app/heard", HttpMethod.POST))
                        : Optional.empty(),
                Optional.empty());
    }

    private Participation move(Optional<Sid> from) {
        return new Participation(
                from,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(ROOMS.get(chance.nextInt(ROOMS.size()))));
    }

    private void saw(String what) {
        seen.merge(what, 1, Integer::sum);
    }
}
