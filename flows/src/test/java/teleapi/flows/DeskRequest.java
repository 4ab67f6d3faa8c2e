package teleapi.flows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import teleapi.call.Controls;
import teleapi.call.Ending;
import teleapi.call.Modification;
import teleapi.call.ModificationStatus;
import teleapi.call.NewDocument;
import teleapi.call.Participation;
import teleapi.call.Redirect;
import teleapi.call.Sid;
import teleapi.media.Tracks;
import teleapi.rcml.ConferenceRecording;
import teleapi.rcml.HttpMethod;
import teleapi.rcml.Position;
import teleapi.rcml.RecordingCallback;

/** What a desk's line of a flow asks for, in the parameters of the API; URLs are paths of the application. */
record DeskRequest(Map<String, String> fields, House house) {
    Modification modification(Sid sid, Consumer<ModificationStatus> told) {
        return new Modification(
                sid,
                document().map(document -> new Redirect(document, mode(), connected(document))),
                Optional.ofNullable(fields.get("Status"))
                        .map(status -> status.equals("canceled") ? Ending.CANCELED : Ending.COMPLETED),
                controls(),
                Optional.ofNullable(fields.get("StatusCallback"))
                        .map(url -> new Modification.Callback("http://app" + url, HttpMethod.POST)),
                fields.containsKey("If-Match")
                        ? OptionalLong.of(Long.parseLong(fields.get("If-Match")))
                        : OptionalLong.empty(),
                "true".equals(fields.get("DryRun")),
                told);
    }

    private Redirect.Mode mode() {
        return "overlay".equals(fields.get("Mode")) ? Redirect.Mode.OVERLAY : Redirect.Mode.REPLACE;
    }

    private Redirect.Connected connected(NewDocument document) {
        if (fields.containsKey("ConnectedUrl")) {
            return new Redirect.Connected.Run(
                    new NewDocument.AtUrl(
                            new NewDocument.Fetch("http://app" + fields.get("ConnectedUrl"), HttpMethod.POST),
                            Optional.empty()),
                    true);
        }
        if ("true".equals(fields.get("MoveConnectedCallLeg"))) {
            return new Redirect.Connected.Run(document, false);
        }
        if (fields.containsKey("ConnectedRcml")) {
            return new Redirect.Connected.Run(
                    new NewDocument.Inline(fields.get("ConnectedRcml"), Optional.empty()), true);
        }
        return switch (fields.getOrDefault("ConnectedLeg", "")) {
            case "hangup" -> new Redirect.Connected.HangUp();
            case "continue" -> new Redirect.Connected.GoOn();
            case "hold" -> new Redirect.Connected.Hold();
            case "move" -> new Redirect.Connected.Run(document, true);
            default -> new Redirect.Connected.Usual();
        };
    }

    private Controls controls() {
        Optional<Controls.Source> source = Optional.ofNullable(fields.get("Say"))
                .<Controls.Source>map(text -> new Controls.Source.Text(text, "en", "man"))
                .or(() -> Optional.ofNullable(fields.get("AnnounceUrl"))
                        .map(url -> new Controls.Source.Announcement(
                                new NewDocument.Fetch("http://app" + url, HttpMethod.POST))))
                .or(() -> Optional.ofNullable(fields.get("Play")).map(Controls.Source.Url::new));
        var controls = new Controls(
                flag("Mute"),
                flag("Deaf"),
                flag("Hold").map(on -> new Controls.Hold(on, Optional.ofNullable(fields.get("HoldUrl")))),
                source.map(sound -> new Controls.Over(
                        sound,
                        Integer.parseInt(fields.getOrDefault("Loop", "1")),
                        Controls.Legs.valueOf(
                                fields.getOrDefault("Legs", "self").toUpperCase(java.util.Locale.ROOT)))),
                Optional.ofNullable(fields.get("StopPlay")).map(which -> new Controls.Stop(Optional.empty())),
                Optional.ofNullable(fields.get("SendDigits")),
                Optional.ofNullable(fields.get("Record")).map(this::recording),
                Optional.ofNullable(fields.get("TimeLimit"))
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds))));
        return participation().map(controls::with).orElse(controls);
    }

    private Controls.Recording recording(String what) {
        return switch (what) {
            case "start" -> start("StartCallRecordingAPI");
            case "pause" -> new Controls.Recording.Pause(Optional.empty(), !"skip".equals(fields.get("PauseBehavior")));
            case "resume" -> new Controls.Recording.Resume(Optional.empty());
            default -> new Controls.Recording.Stop(Optional.empty());
        };
    }

    Controls.Recording.Start start(String source) {
        return new Controls.Recording.Start(
                "dual".equals(fields.get("RecordingChannels")) ? Tracks.DUAL : Tracks.MONO,
                callback("RecordingStatusCallback"),
                source,
                true);
    }

    private RecordingCallback callback(String name) {
        return new RecordingCallback(
                Optional.ofNullable(fields.get(name)).map(url -> "http://app" + url),
                HttpMethod.POST,
                List.of("in-progress", "completed", "absent"));
    }

    /** What a recording of a conference is to do: Status of the API; without it, to begin. */
    Controls.Recording ofConference(Optional<Sid> which) {
        boolean silence = !"skip".equals(fields.get("PauseBehavior"));
        return switch (fields.getOrDefault("Status", "")) {
            case "paused" -> new Controls.Recording.Pause(which, silence);
            case "in-progress" -> new Controls.Recording.Resume(which);
            case "stopped" -> new Controls.Recording.Stop(which);
            default -> start("StartConferenceRecordingAPI");
        };
    }

    private Optional<Participation> participation() {
        Optional<Participation.Coaching> coaching = Optional.ofNullable(fields.get("CallSidToCoach"))
                .<Participation.Coaching>map(call -> new Participation.Coaching.Of(new Sid(call)))
                .or(() -> flag("Coaching").map(no -> new Participation.Coaching.Nobody()));
        var wanted = new Participation(
                Optional.ofNullable(fields.get("ConferenceSid")).map(Sid::new),
                coaching,
                flag("EndConferenceOnExit"),
                flag("BeepOnExit"),
                Optional.ofNullable(fields.get("WaitUrl"))
                        .map(url -> new Participation.Waiting("http://app" + url, HttpMethod.POST)),
                Optional.ofNullable(fields.get("MoveTo")));
        boolean given =
                List.of("ConferenceSid", "CallSidToCoach", "Coaching", "EndConferenceOnExit", "BeepOnExit").stream()
                                .anyMatch(fields::containsKey)
                        || List.of("WaitUrl", "MoveTo", "Kick").stream().anyMatch(fields::containsKey);
        return given ? Optional.of(wanted) : Optional.empty();
    }

    /** A call into a room, by its Sid or its name. */
    NewDocument join(String room) {
        Optional<Sid> only = Sid.parse(Sid.CONFERENCE, room);
        String name = only.flatMap(sid -> house.switchboard.rooms().live(house.account.sid(), sid))
                .map(conference -> conference.record().friendlyName())
                .orElse(room);
        return new NewDocument.Join(
                new teleapi.rcml.Conference(
                        new Position(1, 1),
                        name,
                        flag("Muted").orElse(false),
                        flag("StartConferenceOnEnter").orElse(true),
                        flag("EndConferenceOnExit").orElse(false),
                        flag("Beep").orElse(false),
                        flag("Beep").orElse(false),
                        Optional.empty(),
                        HttpMethod.POST,
                        Integer.parseInt(fields.getOrDefault("MaxParticipants", "40")),
                        Optional.ofNullable(fields.get("ConferenceStatusCallback"))
                                .map(url -> "http://app" + url),
                        HttpMethod.POST,
                        List.of(fields.getOrDefault("ConferenceStatusCallbackEvent", "start end")
                                .split(" ", -1)),
                        Optional.ofNullable(fields.get("CallSidToCoach")),
                        Optional.ofNullable(fields.get("ConferenceRecord"))
                                .map(word -> new ConferenceRecording(
                                        !word.equals("do-not-record"),
                                        true,
                                        callback("ConferenceRecordingStatusCallback")))),
                only);
    }

    private Optional<Boolean> flag(String name) {
        return Optional.ofNullable(fields.get(name)).map(Boolean::valueOf);
    }

    Optional<NewDocument> document() {
        if (fields.containsKey("ConnectTo")) {
            return house.switchboard
                    .find(house.account.sid(), new Sid(fields.get("ConnectTo")))
                    .map(other -> new NewDocument.Bridge(Sid.fresh(Sid.MODIFICATION, house.world), other));
        }
        Optional<NewDocument.Fetch> fallback = Optional.ofNullable(fields.get("FallbackUrl"))
                .map(url -> new NewDocument.Fetch("http://app" + url, HttpMethod.POST));
        return fields.containsKey("Rcml")
                ? Optional.of(new NewDocument.Inline(fields.get("Rcml"), fallback))
                : Optional.ofNullable(fields.get("Url"))
                        .map(url -> new NewDocument.AtUrl(
                                new NewDocument.Fetch("http://app" + url, HttpMethod.POST), fallback));
    }
}
