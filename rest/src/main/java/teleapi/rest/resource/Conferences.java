package teleapi.rest.resource;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import teleapi.call.Controls;
import teleapi.call.Ending;
import teleapi.call.Sid;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.Page;
import teleapi.call.records.ParticipantRecord;
import teleapi.rest.Parts;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Paging;
import teleapi.rest.http.Parameters;
import teleapi.rest.http.Refused;
import teleapi.rest.http.Reply;
import teleapi.rest.http.Route;
import teleapi.rest.http.Value;

/** {@code Conferences} and their {@code Participants}. */
final class Conferences {
    private final Parts parts;
    private final Modifying modifying;

    Conferences(Parts parts, Modifying modifying) {
        this.parts = parts;
        this.modifying = modifying;
    }

    List<Route> routes() {
        return List.of(
                Route.at("{Account}/Conferences").on("GET", this::list),
                Route.at("{Account}/Conferences/{Conference}").on("GET", this::get),
                Route.at("{Account}/Conferences/{Conference}/Participants").on("GET", this::participants),
                Route.at("{Account}/Conferences/{Conference}/Participants/{Call}")
                        .on("GET", this::participant)
                        .on("POST", this::change)
                        .folding(Repeating::modification)
                        .on("DELETE", this::kick));
    }

    private Reply list(Ask ask) {
        Paging paging = Paging.of(ask);
        Optional<ConferenceRecord.Status> status = ask.filters().text("Status").map(Conferences::status);
        Page<ConferenceRecord> page = parts.conferences()
                .list(ask.account().sid(), status, ask.filters().text("FriendlyName"), paging.page(), paging.size());
        return Reply.listed(
                "Conferences",
                Paging.listing(
                        ask,
                        page,
                        ask.base() + "/Conferences",
                        "conferences",
                        "conferences",
                        "Conference",
                        conference -> describe(conference, ask)));
    }

    private Reply get(Ask ask) {
        return Reply.described(200, "Conference", describe(conference(ask), ask));
    }

    private Reply participants(Ask ask) {
        Sid conference = conference(ask).sid();
        Optional<Boolean> muted = ask.filters().flag("Muted");
        List<ParticipantRecord> all = present(ask, conference)
                .filter(participant -> muted.isEmpty() || muted.get() == participant.muted())
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

    private Reply participant(Ask ask) {
        return Reply.described(200, "Participant", describe(member(ask), ask));
    }

    /** The same modification as POST Calls, of mute alone, and of members only. */
    private Reply change(Ask ask) {
        Parameters parameters = ask.parameters();
        Optional<Boolean> muted = parameters.flag("Muted");
        Optional<Boolean> mute = parameters.flag("Mute");
        if (muted.isPresent() && mute.isPresent()) {
            throw Refused.parameter(Code.EXCLUDES, "Muted", "not together with its alias Mute");
        }
        Boolean wanted = muted.or(() -> mute)
                .orElseThrow(() -> Refused.with(Code.NOTHING_TO_DO, "neither Muted nor Mute is given"));
        ParticipantRecord before = member(ask);
        Reply reply = modifying.modify(ask, ModificationRequest.of(Controls.mute(wanted)));
        if (reply.status() != 200 && reply.status() != 202) {
            return reply;
        }
        ParticipantRecord after = find(ask).orElse(before);
        return new Reply(
                reply.status(), reply.headers(), new Reply.Body.Described("Participant", describe(after, ask)));
    }

    /** Hangs the member up, and waits for it as POST Calls does, so that who is told 204 no longer finds it. */
    private Reply kick(Ask ask) {
        member(ask);
        Reply reply = modifying.modify(ask, ModificationRequest.of(Ending.COMPLETED));
        return reply.status() == 200 ? Reply.empty(204) : reply;
    }

    private ConferenceRecord conference(Ask ask) {
        Sid account = ask.account().sid();
        return Sid.parse(Sid.CONFERENCE, ask.segment("Conference"))
                .flatMap(sid -> parts.liveCalls().liveConferences(account).stream()
                        .filter(live -> live.sid().equals(sid))
                        .findFirst()
                        .or(() -> parts.conferences().find(account, sid)))
                .orElseThrow(() -> Refused.with(Code.NOT_FOUND));
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
                        .map(call -> member.withMuted(call.muted()))
                        .stream());
    }

    private static ConferenceRecord.Status status(String text) {
        for (ConferenceRecord.Status status : ConferenceRecord.Status.values()) {
            if (status.text().equals(text)) {
                return status;
            }
        }
        throw Refused.parameter(Code.INVALID_PARAMETER, "Status", "must be init, in-progress or completed");
    }

    private static Fields describe(ConferenceRecord conference, Ask ask) {
        String uri = ask.base() + "/Conferences/" + conference.sid();
        return new Fields()
                .text("sid", conference.sid().text())
                .date("date_created", conference.dateCreated())
                .date("date_updated", conference.dateUpdated())
                .text("account_sid", conference.accountSid().text())
                .text("status", conference.status().text())
                .text("api_version", ask.dialect().version())
                .text("friendly_name", conference.friendlyName())
                .nothing("region")
                .text("reason_conference_ended", conference.reasonEnded())
                .text("call_sid_ending_conference", conference.callSidEnding().map(Sid::text))
                .text("uri", uri + ask.format().suffix())
                .group(
                        "subresource_uris",
                        new Fields()
                                .text(
                                        "participants",
                                        uri + "/Participants" + ask.format().suffix()));
    }

    private static Fields describe(ParticipantRecord participant, Ask ask) {
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
                .flag("coaching", false)
                .nothing("call_sid_to_coach")
                .flag("start_conference_on_enter", participant.startConferenceOnEnter())
                .flag("end_conference_on_exit", participant.endConferenceOnExit())
                .text("status", "connected")
                .text("uri", uri + ask.format().suffix());
    }
}
