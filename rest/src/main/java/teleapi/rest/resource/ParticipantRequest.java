package teleapi.rest.resource;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import teleapi.call.Controls;
import teleapi.call.Ending;
import teleapi.call.NewCall;
import teleapi.call.NewDocument;
import teleapi.call.Participation;
import teleapi.call.Sid;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.ParticipantRecord;
import teleapi.rcml.Conference;
import teleapi.rcml.HttpMethod;
import teleapi.rcml.Position;
import teleapi.rest.LiveCalls;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Parameters;
import teleapi.rest.http.Refused;

/**
 * What a request asks of a participant: to be called in, to be there otherwise, to go.
 *
 * <pre>
 * Errors  Refused 400 that names the parameter
 * Source  reference/peers.md 2.6; docs/api/conferences.md
 * </pre>
 */
final class ParticipantRequest {
    private static final List<String> OTHERS = List.of(
            "Muted",
            "Mute",
            "Hold",
            "HoldUrl",
            "AnnounceUrl",
            "WaitUrl",
            "BeepOnExit",
            "EndConferenceOnExit",
            "Coaching",
            "CallSidToCoach",
            "Deaf",
            "Play",
            "Say",
            "StopPlay",
            "SendDigits",
            "Record",
            "TimeLimit");

    private ParticipantRequest() {}

    // ---- in

    /** A call into the room {@code name}; {@code only} if it must be this conference. */
    static NewCall create(Ask ask, String name, Optional<Sid> only) {
        Parameters parameters = ask.parameters();
        if (name.isEmpty()
                || name.length() > Conference.MAX_NAME
                || name.chars().anyMatch(Character::isISOControl)) {
            throw Refused.with(Code.NOT_FOUND, "a room has a name of 1 to " + Conference.MAX_NAME + " characters");
        }
        String beep = parameters
                .text("Beep")
                .map(word -> oneOf("Beep", word, List.of("true", "false", "onEnter", "onExit")))
                .orElse("true");
        Optional<Sid> coach = coach(parameters).flatMap(whom -> switch (whom) {
            case Participation.Coaching.Of(Sid call) -> Optional.of(call);
            case Participation.Coaching.Nobody nobody -> Optional.empty();
        });
        Conference terms = new Conference(
                new Position(1, 1),
                name,
                parameters.flag("Muted").orElse(false),
                parameters.flag("StartConferenceOnEnter").orElse(true),
                parameters.flag("EndConferenceOnExit").orElse(false),
                beep.equals("true") || beep.equals("onEnter"),
                beep.equals("true") || beep.equals("onExit"),
                parameters.has("WaitUrl") && parameters.text("WaitUrl").isEmpty()
                        ? Optional.of("")
                        : parameters.url("WaitUrl"),
                parameters.method("WaitMethod").orElse(HttpMethod.POST),
                parameters
                        .number("MaxParticipants", 2, Conference.MAX_PARTICIPANTS)
                        .orElse(Conference.DEFAULT_PARTICIPANTS),
                parameters.url("ConferenceStatusCallback"),
                parameters.method("ConferenceStatusCallbackMethod").orElse(HttpMethod.POST),
                events(parameters),
                coach.map(Sid::text),
                RecordingRequest.ofRoom(parameters));
        return CallRequest.read(ask, new NewDocument.Join(terms, only));
    }

    private static List<String> events(Parameters parameters) {
        List<String> events = parameters.form().all("ConferenceStatusCallbackEvent").stream()
                .flatMap(value -> Stream.of(value.split(" ", -1)))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        events.stream().filter(word -> !Conference.EVENTS.contains(word)).forEach(word -> {
            throw Refused.parameter(
                    Code.EVENT_INVALID,
                    "ConferenceStatusCallbackEvent",
                    "must be of start, end, join, leave, mute, hold, modify, speaker, announcement");
        });
        return events.isEmpty() ? Conference.DEFAULT_EVENTS : events;
    }

    // ---- there

    /** {@code conference} is the one it must be in; empty: whichever. */
    static ModificationRequest change(
            Parameters parameters, Sid account, Optional<Sid> conference, LiveCalls liveCalls) {
        Optional<Boolean> muted = parameters.flag("Muted");
        Optional<Boolean> mute = parameters.flag("Mute");
        if (muted.isPresent() && mute.isPresent()) {
            throw Refused.parameter(Code.EXCLUDES, "Muted", "not together with its alias Mute");
        }
        Optional<Participation> wanted = participation(parameters, account, conference, liveCalls);
        Optional<Controls.Over> announcement = Documents.fetch(parameters, "AnnounceUrl", "AnnounceMethod")
                .map(from -> new Controls.Over(new Controls.Source.Announcement(from), 1, Controls.Legs.SELF));
        Controls ofCall = ModificationRequest.controls(parameters);
        if (announcement.isPresent() && ofCall.over().isPresent()) {
            throw Refused.parameter(Code.EXCLUDES, "AnnounceUrl", "not together with Play or Say");
        }
        Controls controls = new Controls(
                muted.or(() -> mute),
                ofCall.deaf(),
                ofCall.hold(),
                announcement.or(ofCall::over),
                ofCall.stop(),
                ofCall.digits(),
                ofCall.recording(),
                ofCall.timeLimit());
        if (controls.unchanged() && wanted.isEmpty()) {
            throw Refused.with(Code.NOTHING_TO_DO, "none of " + String.join(", ", OTHERS) + ", MoveTo is given");
        }
        return ModificationRequest.of(wanted.or(() -> conference.map(Participation::in))
                        .map(controls::with)
                        .orElse(controls))
                .dry(ModificationRequest.dryRun(parameters));
    }

    /** What only a participant has; empty when none of it is given. */
    static Optional<Participation> participation(
            Parameters parameters, Sid account, Optional<Sid> conference, LiveCalls liveCalls) {
        Optional<String> moveTo = parameters
                .text("MoveTo", Conference.MAX_NAME)
                .map(room -> Sid.parse(Sid.CONFERENCE, room)
                        .map(sid -> named(account, sid, liveCalls))
                        .orElse(room));
        if (moveTo.isPresent()) {
            parameters.refuse(OTHERS, Code.EXCLUDES, "not together with MoveTo");
        }
        Optional<Participation.Coaching> coaching = coach(parameters);
        coaching.ifPresent(whom -> conference.ifPresent(here -> mayBeCoached(whom, account, here, liveCalls)));
        var wanted = new Participation(
                conference,
                coaching,
                parameters.flag("EndConferenceOnExit"),
                parameters.flag("BeepOnExit"),
                Documents.fetch(parameters, "WaitUrl", "WaitMethod")
                        .map(from -> new Participation.Waiting(from.url(), from.method())),
                moveTo);
        boolean nothing = coaching.isEmpty()
                && wanted.endsOnExit().isEmpty()
                && wanted.beepsOnExit().isEmpty()
                && wanted.waiting().isEmpty()
                && moveTo.isEmpty();
        return nothing ? Optional.empty() : Optional.of(wanted);
    }

    private static void mayBeCoached(Participation.Coaching whom, Sid account, Sid conference, LiveCalls liveCalls) {
        boolean there = switch (whom) {
            case Participation.Coaching.Nobody nobody -> true;
            case Participation.Coaching.Of(Sid coached) ->
                liveCalls.participants(account, conference).stream()
                        .anyMatch(
                                member -> member.connected() && member.callSid().equals(coached));
        };
        if (!there) {
            throw Refused.parameter(Code.COACH_INVALID, "CallSidToCoach", Code.COACH_INVALID.title());
        }
    }

    private static String named(Sid account, Sid conference, LiveCalls liveCalls) {
        return liveCalls.liveConferences(account).stream()
                .filter(live -> live.sid().equals(conference))
                .map(ConferenceRecord::friendlyName)
                .findFirst()
                .orElseThrow(() -> Refused.parameter(Code.NOT_FOUND, "MoveTo", "no such live conference"));
    }

    private static Optional<Participation.Coaching> coach(Parameters parameters) {
        Optional<Boolean> coaching = parameters.flag("Coaching");
        Optional<Sid> whom = parameters.sid("CallSidToCoach", Sid.CALL);
        if (coaching.orElse(whom.isPresent()) && whom.isEmpty()) {
            throw Refused.parameter(Code.COACH_INVALID, "Coaching", "needs CallSidToCoach");
        }
        if (whom.isPresent() && !coaching.orElse(true)) {
            throw Refused.parameter(Code.EXCLUDES, "CallSidToCoach", "not together with Coaching=false");
        }
        return whom.<Participation.Coaching>map(Participation.Coaching.Of::new)
                .or(() -> coaching.map(no -> new Participation.Coaching.Nobody()));
    }

    private static String oneOf(String name, String word, List<String> words) {
        if (!words.contains(word)) {
            throw Refused.parameter(Code.INVALID_PARAMETER, name, "must be one of " + String.join(", ", words));
        }
        return word;
    }

    // ---- out

    /** The API takes it out of its conference and hangs it up; one that is still being called has no other place to leave. */
    static ModificationRequest kick(ParticipantRecord participant) {
        ModificationRequest end = ModificationRequest.of(Ending.COMPLETED);
        return participant.connected()
                ? end.with(Controls.UNCHANGED.with(Participation.in(participant.conferenceSid())))
                : end;
    }
}
