package teleapi.rest.resource;

import java.util.List;
import java.util.Optional;
import teleapi.call.NewDocument;
import teleapi.call.Plan;
import teleapi.call.Sid;
import teleapi.call.bridge.Announcement;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.Page;
import teleapi.call.records.ParticipantRecord;
import teleapi.rest.LiveCalls;
import teleapi.rest.Parts;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Paging;
import teleapi.rest.http.Parameters;
import teleapi.rest.http.Refused;
import teleapi.rest.http.Reply;
import teleapi.rest.http.Route;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;

/**
 * {@code Conferences}: list, get, end, announce. Who is in them is {@link Participants}'.
 *
 * <pre>
 * Shape   200 it has taken effect; 202 not yet; 422 the announcement cannot be had; 409 the conference has ended, or not started, or as much is announced as may wait
 * Source  reference/peers.md 2.6; ADR-0015
 * </pre>
 */
final class Conferences {
    private final Parts parts;

    Conferences(Parts parts) {
        this.parts = parts;
    }

    List<Route> routes() {
        return List.of(
                Route.at("{Account}/Conferences").on("GET", this::list),
                Route.at("{Account}/Conferences/{Conference}")
                        .on("GET", this::get)
                        .on("POST", this::change));
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

    private Reply change(Ask ask) {
        Parameters parameters = ask.parameters();
        Optional<String> status = parameters.text("Status");
        Optional<NewDocument.Fetch> announcement = Documents.fetch(parameters, "AnnounceUrl", "AnnounceMethod");
        if (status.isPresent() && announcement.isPresent()) {
            throw Refused.parameter(Code.EXCLUDES, "Status", "not together with AnnounceUrl");
        }
        if (status.isEmpty() && announcement.isEmpty()) {
            throw Refused.with(Code.NOTHING_TO_DO, "neither Status nor AnnounceUrl is given");
        }
        if (!status.orElse("completed").equals("completed")) {
            throw Refused.parameter(Code.INVALID_PARAMETER, "Status", "must be completed");
        }
        boolean dryRun = ModificationRequest.dryRun(parameters);
        if (dryRun && announcement.isPresent()) {
            throw Refused.parameter(Code.EXCLUDES, "DryRun", "not together with AnnounceUrl");
        }
        ConferenceRecord conference = conference(ask);
        if (dryRun) {
            return planned(ask, conference);
        }
        Deadline deadline =
                parts.world().time().after(Prefer.of(ask.header("prefer")).longest());
        return announcement.isPresent()
                ? announce(ask, conference, announcement.get(), deadline)
                : end(ask, conference, deadline);
    }

    private Reply planned(Ask ask, ConferenceRecord conference) {
        if (conference.status() == ConferenceRecord.Status.COMPLETED) {
            throw Refused.with(Code.CONFERENCE_ENDED);
        }
        Plan plan = plan(parts, ask.account().sid(), conference.sid());
        return Reply.described(200, "Conference", describe(conference, ask).group("plan", CallDescription.plan(plan)));
    }

    /** What its end would do. */
    static Plan plan(Parts parts, Sid account, Sid conference) {
        List<Sid> in = parts.liveCalls().participants(account, conference).stream()
                .map(ParticipantRecord::callSid)
                .toList();
        return new Plan(
                in, List.of("conference " + conference), List.of(), List.of("each call in it goes on after its Dial"));
    }

    private Reply end(Ask ask, ConferenceRecord conference, Deadline deadline) {
        Mailbox<Boolean> over = parts.world().mailbox("end of " + conference.sid(), 1);
        boolean live = parts.liveCalls().endConference(ask.account().sid(), conference.sid(), () -> over.post(true));
        if (!live) {
            throw Refused.with(Code.CONFERENCE_ENDED);
        }
        if (over.take(deadline).isEmpty()) {
            return Reply.described(202, "Conference", describe(conference, ask));
        }
        // No look into the database: it may not have it yet, and what is asked for has been done.
        return Reply.described(
                200,
                "Conference",
                describe(conference.ended(parts.world().time().now(), LiveCalls.ENDED_BY_API), ask));
    }

    private Reply announce(Ask ask, ConferenceRecord conference, NewDocument.Fetch from, Deadline deadline) {
        Mailbox<Announcement> told = parts.world().mailbox("announcement to " + conference.sid(), 1);
        if (!parts.liveCalls().announce(ask.account(), conference.sid(), from, told::post)) {
            throw Refused.with(Code.CONFERENCE_ENDED);
        }
        Optional<Announcement> answer = told.take(deadline);
        if (answer.isEmpty()) {
            return Reply.described(202, "Conference", describe(conference, ask));
        }
        return switch (answer.get()) {
            case Announcement.Begun begun -> Reply.described(200, "Conference", describe(conference, ask));
            case Announcement.NotStarted notYet ->
                throw Refused.with(
                        Code.CONFLICT,
                        "nobody hears anybody in the conference now: it has not started, or nobody is in it");
            case Announcement.Full full -> throw Refused.with(Code.ANNOUNCEMENTS_FULL);
            case Announcement.Over over -> throw Refused.with(Code.CONFERENCE_ENDED);
            case Announcement.Unplayable(int code, String reason) -> throw Refused.with(422, code, reason);
        };
    }

    private ConferenceRecord conference(Ask ask) {
        return conference(parts, ask);
    }

    /** The conference of the path, live or ended. */
    static ConferenceRecord conference(Parts parts, Ask ask) {
        Sid account = ask.account().sid();
        return Sid.parse(Sid.CONFERENCE, ask.segment("Conference"))
                .flatMap(sid -> parts.liveCalls().liveConferences(account).stream()
                        .filter(live -> live.sid().equals(sid))
                        .findFirst()
                        .or(() -> parts.conferences().find(account, sid)))
                .orElseThrow(() -> Refused.with(Code.NOT_FOUND));
    }

    private static ConferenceRecord.Status status(String text) {
        for (ConferenceRecord.Status status : ConferenceRecord.Status.values()) {
            if (status.text().equals(text)) {
                return status;
            }
        }
        throw Refused.parameter(Code.INVALID_PARAMETER, "Status", "must be init, in-progress or completed");
    }

    static Fields describe(ConferenceRecord conference, Ask ask) {
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
                                        uri + "/Participants" + ask.format().suffix())
                                .text(
                                        "recordings",
                                        uri + "/Recordings" + ask.format().suffix()));
    }
}
