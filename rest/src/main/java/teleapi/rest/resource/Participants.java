package teleapi.rest.resource;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import teleapi.call.CallStatus;
import teleapi.call.ControlState;
import teleapi.call.Created;
import teleapi.call.Sid;
import teleapi.call.records.CallRecord;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.ParticipantRecord;
import teleapi.rest.Parts;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Paging;
import teleapi.rest.http.Refused;
import teleapi.rest.http.Reply;
import teleapi.rest.http.Route;
import teleapi.rest.http.Value;

/**
 * {@code Participants} of a conference: list, add by calling, get, change, kick.
 *
 * <pre>
 * Shape   a change is a modification of its call, with the same answers
 * Source  reference/peers.md 2.6; ADR-0015
 * </pre>
 */
final class Participants {
    private final Parts parts;
    private final Modifying modifying;

    Participants(Parts parts, Modifying modifying) {
        this.parts = parts;
        this.modifying = modifying;
    }

    List<Route> routes() {
        return List.of(
                Route.at("{Account}/Conferences/{Conference}/Participants")
                        .on("GET", this::list)
                        .on("POST", this::add)
                        .folding(Repeating::creation),
                Route.at("{Account}/Conferences/{Conference}/Participants/{Call}")
                        .on("GET", this::get)
                        .on("POST", this::change)
                        .folding(Repeating::modification)
                        .on("DELETE", this::kick));
    }

    private Reply list(Ask ask) {
        Sid conference = Conferences.conference(parts, ask).sid();
        Optional<Boolean> muted = ask.filters().flag("Muted");
        Optional<Boolean> hold = ask.filters().flag("Hold");
        Optional<Boolean> coaching = ask.filters().flag("Coaching");
        List<ParticipantRecord> all = present(ask, conference)
                .filter(participant -> muted.isEmpty() || muted.get() == participant.muted())
                .filter(participant -> hold.isEmpty() || hold.get() == participant.hold())
                .filter(participant -> coaching.isEmpty()
                        || coaching.get() == participant.coaches().isPresent())
                .toList();
        String path = ask.base() + "/Conferences/" + conference + "/Participants";
        return Reply.listed(
                "Participants",
                Paging.listing(
                        ask,
                        Paging.of(ask).cut(all),
                        path,
                        "calls",
                        "participants",
                        "Call",
                        participant -> describe(participant, ask)));
    }

    private Reply get(Ask ask) {
        return Reply.described(200, "Participant", describe(member(ask), ask));
    }

    /** Calls one in. The segment is a Sid, or the name of a room, which is opened if it is not live. */
    private Reply add(Ask ask) {
        Optional<Sid> sid = Sid.parse(Sid.CONFERENCE, ask.segment("Conference"));
        Optional<ConferenceRecord> conference = sid.map(found -> Conferences.conference(parts, ask));
        if (conference
                .filter(found -> found.status() == ConferenceRecord.Status.COMPLETED)
                .isPresent()) {
            throw Refused.with(Code.CONFERENCE_ENDED);
        }
        String name = conference.map(ConferenceRecord::friendlyName).orElseGet(() -> name(ask.segment("Conference")));
        return switch (parts.liveCalls().create(ParticipantRequest.create(ask, name, sid))) {
            case Created.Participant(CallRecord call, ParticipantRecord participant) ->
                Reply.described(201, "Participant", describe(participant, ask));
            case Created.Call call -> throw new IllegalStateException("a call without its conference: " + call);
            case Created.Refused refused -> throw Calls.refused(refused);
        };
    }

    /** RFC 3986 §2.1; a plus is a plus in a path. */
    private static String name(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw Refused.with(Code.BAD_REQUEST, "the name of the room has a half percent escape");
        }
    }

    private Reply change(Ask ask) {
        Sid account = ask.account().sid();
        ParticipantRecord before = member(ask);
        ModificationRequest request = ParticipantRequest.change(
                ask.parameters(), account, Optional.of(before.conferenceSid()), parts.liveCalls());
        return modifying.modify(ask, request, (code, status) -> {
            ParticipantRecord after =
                    find(ask).or(() -> elsewhere(account, before.callSid())).orElse(before);
            Fields fields = describe(after, ask).group("modification", CallDescription.modification(status));
            return Reply.described(code, "Participant", fields).header("ETag", CallDescription.tag(status.call()));
        });
    }

    /** Hangs the member up, and waits for it as POST Calls does, so that who is told 204 no longer finds it. */
    private Reply kick(Ask ask) {
        Reply reply = modifying.modify(ask, ParticipantRequest.kick(member(ask)));
        return reply.status() == 200 && !Modifying.dryRun(ask) ? Reply.empty(204) : reply;
    }

    private ParticipantRecord member(Ask ask) {
        return find(ask).orElseThrow(() -> Refused.with(Code.NOT_FOUND));
    }

    private Optional<ParticipantRecord> find(Ask ask) {
        Optional<Sid> call = Calls.sid(ask);
        return Sid.parse(Sid.CONFERENCE, ask.segment("Conference"))
                .flatMap(conference -> present(ask, conference)
                        .filter(participant -> call.equals(Optional.of(participant.callSid())))
                        .findFirst());
    }

    /** Where a move has led it. */
    private Optional<ParticipantRecord> elsewhere(Sid account, Sid call) {
        return parts.liveCalls().liveConferences(account).stream()
                .flatMap(conference -> parts.liveCalls().participants(account, conference.sid()).stream())
                .filter(participant -> participant.callSid().equals(call))
                .findFirst();
    }

    /**
     * The members as their calls are now: a call tells its conference of a mute or its end, and answers for it, but the conference takes what
     * it is told a moment later. CONTRACT section 2: 200 means that it has taken effect.
     */
    private Stream<ParticipantRecord> present(Ask ask, Sid conference) {
        Sid account = ask.account().sid();
        return parts.liveCalls().participants(account, conference).stream()
                .flatMap(member -> parts
                        .liveCalls()
                        .live(account, member.callSid())
                        .filter(call -> !call.status().ended())
                        .map(call -> member.connected()
                                ? member.with(call.muted(), held(account, member.callSid()))
                                : member)
                        .stream());
    }

    private boolean held(Sid account, Sid call) {
        return parts.liveCalls()
                .controls(account, call)
                .orElse(ControlState.NONE)
                .held();
    }

    private Fields describe(ParticipantRecord participant, Ask ask) {
        String uri =
                ask.base() + "/Conferences/" + participant.conferenceSid() + "/Participants/" + participant.callSid();
        return new Fields()
                .extra("sid", new Value.Text(participant.callSid().text()))
                .text("call_sid", participant.callSid().text())
                .text("conference_sid", participant.conferenceSid().text())
                .date("date_created", participant.dateCreated())
                .date("date_updated", participant.dateUpdated())
                .text("account_sid", participant.accountSid().text())
                .nothing("label")
                .flag("muted", participant.muted())
                .flag("hold", participant.hold())
                .flag("coaching", participant.coaches().isPresent())
                .text("call_sid_to_coach", participant.coaches().map(Sid::text))
                .flag("start_conference_on_enter", participant.startConferenceOnEnter())
                .flag("end_conference_on_exit", participant.endConferenceOnExit())
                .text("status", status(participant))
                .nothing("queue_time")
                .text("uri", uri + ask.format().suffix());
    }

    /** reference/peers.md 2.6: queued, connecting, ringing, connected, complete, failed. */
    private String status(ParticipantRecord participant) {
        if (participant.connected()) {
            return "connected";
        }
        CallStatus status = parts.liveCalls()
                .live(participant.accountSid(), participant.callSid())
                .map(CallRecord::status)
                .orElse(CallStatus.QUEUED);
        return switch (status) {
            case QUEUED -> "queued";
            case RINGING -> "ringing";
            case IN_PROGRESS -> "connecting";
            case COMPLETED -> "complete";
            case BUSY, FAILED, NO_ANSWER, CANCELED -> "failed";
        };
    }
}
