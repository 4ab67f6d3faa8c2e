package teleapi.flows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import teleapi.call.Accepted;
import teleapi.call.Change;
import teleapi.call.Controls;
import teleapi.call.Created;
import teleapi.call.Modification;
import teleapi.call.ModificationStatus;
import teleapi.call.NewCall;
import teleapi.call.NewDocument;
import teleapi.call.Sid;
import teleapi.call.StatusCallback;
import teleapi.call.bridge.Announcement;
import teleapi.call.bridge.Conference;
import teleapi.call.bridge.Recorded;
import teleapi.call.records.CallRecord;
import teleapi.call.records.ParticipantRecord;
import teleapi.call.records.RecordingRecord;
import teleapi.rcml.HttpMethod;

/**
 * Does what a desk's line of a flow asks for, and tells what teleapi answers.
 *
 * <pre>
 * Thread  one at a time, in the simulation
 * </pre>
 */
final class FlowDesk {
    private final House house;
    private final Map<String, String> sids;
    private final Consumer<String> answered;

    /** {@code sids} gets those of what is made; {@code answered} the answers, in words of a flow. */
    FlowDesk(House house, Map<String, String> sids, Consumer<String> answered) {
        this.house = house;
        this.sids = sids;
        this.answered = answered;
    }

    void request(String what) {
        String[] words = what.split(" +(?=[A-Z][A-Za-z]*=)", -1);
        var fields = new LinkedHashMap<String, String>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            fields.put(words[i].substring(0, equals), words[i].substring(equals + 1));
        }
        if (words[0].startsWith("DELETE ")) {
            kick(words[0].substring(words[0].lastIndexOf('/') + 1).strip());
            return;
        }
        String[] path = words[0].substring("POST /".length()).strip().split("/", -1);
        switch (path[0] + (path.length > 2 ? "/" + path[2] : "")) {
            case "Calls" -> {
                if (path.length == 1) {
                    create(fields, new DeskRequest(fields, house).document().orElseThrow());
                } else {
                    modify(path[1], fields);
                }
            }
            case "Modifications" -> together(fields);
            case "Conferences" -> conference(new Sid(path[1]), fields);
            // It waits for the conference's answer, as the API does on a thread of its own.
            case "Conferences/Participants" ->
                house.world.start("desk", () -> create(fields, new DeskRequest(fields, house).join(path[1])));
            case "Conferences/Recordings" ->
                recording(
                        new Sid(path[1]),
                        new DeskRequest(fields, house)
                                .ofConference(path.length > 3 ? Sid.parse(Sid.RECORDING, path[3]) : Optional.empty()));
            default -> throw new IllegalArgumentException("no such path: " + words[0]);
        }
    }

    /** Calls=one,other: the same is asked of all, and done together or not at all. */
    private void together(Map<String, String> fields) {
        var changes = new ArrayList<Change>();
        for (String call : fields.getOrDefault("Calls", "").split(",", -1)) {
            Sid sid = Sid.fresh(Sid.MODIFICATION, house.world);
            changes.add(
                    new Change.OfCall(new Sid(call), new DeskRequest(fields, house).modification(sid, status -> {})));
        }
        house.switchboard.modify(house.account.sid(), changes, status -> {
            if (status.state().last()) {
                answered.accept(status.state().name().toLowerCase(Locale.ROOT)
                        + (status.code() == 0 ? "" : " " + status.code()));
            }
        });
    }

    private void conference(Sid sid, Map<String, String> fields) {
        Optional<Conference> conference = house.switchboard.rooms().live(house.account.sid(), sid);
        if (conference.isEmpty()) {
            answered.accept("409");
        } else if (fields.containsKey("AnnounceUrl")) {
            house.switchboard
                    .rooms()
                    .announce(
                            house.account,
                            conference.get(),
                            new NewDocument.Fetch("http://app" + fields.get("AnnounceUrl"), HttpMethod.POST),
                            told -> answered.accept(
                                    switch (told) {
                                        case Announcement.Begun begun -> "200";
                                        case Announcement.NotStarted notYet -> "409";
                                        case Announcement.Full full -> "409";
                                        case Announcement.Over over -> "409";
                                        case Announcement.Unplayable(int code, String reason) -> "422 " + code;
                                    }));
        } else {
            conference.get().end("conference-ended-via-api", () -> answered.accept("200"));
        }
    }

    private void recording(Sid conference, Controls.Recording wanted) {
        boolean live = house.switchboard
                .rooms()
                .live(house.account.sid(), conference)
                .filter(found -> found.record(wanted, false, this::recorded))
                .isPresent();
        if (!live) {
            answered.accept("409");
        }
    }

    private void recorded(Recorded told) {
        answered.accept(
                switch (told) {
                    case Recorded.Done(RecordingRecord recording, boolean fresh) -> {
                        sids.put("recording", recording.sid().text());
                        yield (fresh ? "201 " : "200 ") + recording.status().text();
                    }
                    case Recorded.NotStarted notYet -> "409 not-started";
                    case Recorded.NoneGoesOn none -> "409 none";
                    case Recorded.Over over -> "409";
                });
    }

    private void kick(String call) {
        Sid sid = Sid.fresh(Sid.MODIFICATION, house.world);
        submit(
                call,
                new DeskRequest(Map.of("Status", "completed", "Kick", "true"), house).modification(sid, this::told));
    }

    private void create(Map<String, String> fields, NewDocument document) {
        Created created = house.switchboard.create(new NewCall(
                house.account.sid(),
                fields.getOrDefault("From", ""),
                fields.getOrDefault("To", ""),
                document,
                Optional.ofNullable(fields.get("StatusCallback"))
                        .map(url -> new StatusCallback(
                                "http://app" + url, HttpMethod.POST, Set.of(StatusCallback.Event.values()))),
                Duration.ofSeconds(Integer.parseInt(fields.getOrDefault("Timeout", "60"))),
                Duration.ofSeconds(Integer.parseInt(fields.getOrDefault("TimeLimit", "14400"))),
                "",
                "true".equals(fields.get("Record"))
                        ? Optional.of(new DeskRequest(fields, house).start("OutboundAPI"))
                        : Optional.empty()));
        switch (created) {
            case Created.Call(CallRecord record) -> {
                sids.put("new", record.sid().text());
                answered.accept("201");
            }
            case Created.Participant(CallRecord record, ParticipantRecord participant) -> {
                sids.put("new", record.sid().text());
                sids.put("conference", participant.conferenceSid().text());
                answered.accept("201");
            }
            case Created.Refused refused -> answered.accept(Integer.toString(refused.httpStatus()));
        }
    }

    private void modify(String call, Map<String, String> fields) {
        Sid sid = Sid.fresh(Sid.MODIFICATION, house.world);
        sids.put("modification", sid.text());
        submit(call, new DeskRequest(fields, house).modification(sid, this::told));
    }

    private void submit(String call, Modification modification) {
        if (house.switchboard.modify(house.account.sid(), new Sid(call), modification) != Accepted.YES) {
            answered.accept("410");
        }
    }

    private void told(ModificationStatus status) {
        if (status.state().last()) {
            answered.accept(status.state().name().toLowerCase(Locale.ROOT)
                    + (status.code() == 0 ? "" : " " + status.code()) + " "
                    + status.call().status().text());
        }
    }
}
