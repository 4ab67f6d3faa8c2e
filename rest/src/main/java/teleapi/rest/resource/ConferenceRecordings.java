package teleapi.rest.resource;

import java.util.List;
import java.util.Optional;
import teleapi.call.Controls;
import teleapi.call.Sid;
import teleapi.call.bridge.Recorded;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.RecordingRecord;
import teleapi.rest.Parts;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Parameters;
import teleapi.rest.http.Refused;
import teleapi.rest.http.Reply;
import teleapi.rest.http.Route;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;

/**
 * {@code Conferences/{Sid}/Recordings}: those of one conference; begun, paused, resumed and stopped while it is live.
 *
 * <pre>
 * Shape   200 it is in force, and stopped, its file is whole; 201 it is begun; 202 not yet; 409 the conference has ended or not started, or
 *         no recording goes on
 * Source  reference/peers.md 2.5; ADR-0019
 * </pre>
 */
final class ConferenceRecordings {
    private final Parts parts;
    private final RecordingList recordings;

    ConferenceRecordings(Parts parts, RecordingList recordings) {
        this.parts = parts;
        this.recordings = recordings;
    }

    List<Route> routes() {
        return List.of(
                Route.at("{Account}/Conferences/{Conference}/Recordings")
                        .on("GET", this::list)
                        .on("POST", this::begin)
                        .folding(Repeating::creation),
                Route.at("{Account}/Conferences/{Conference}/Recordings/{Recording}")
                        .on("GET", recordings::get)
                        .on("POST", this::change)
                        .folding(Repeating::modification)
                        .on("DELETE", recordings::delete));
    }

    private Reply list(Ask ask) {
        return recordings.ofConference(ask, Conferences.conference(parts, ask).sid());
    }

    private Reply begin(Ask ask) {
        Parameters parameters = ask.parameters();
        Controls.Recording wanted = RecordingRequest.startOfConference(parameters);
        return ask(ask, wanted, RecordingRequest.trimmed(parameters, "Trim", false));
    }

    private Reply change(Ask ask) {
        Optional<Sid> which = ask.segment("Recording").equals(RecordingList.CURRENT)
                ? Optional.empty()
                : Optional.of(recordings.recording(ask).sid());
        return ask(ask, RecordingRequest.change(ask.parameters(), which), false);
    }

    private Reply ask(Ask ask, Controls.Recording wanted, boolean trimmed) {
        ConferenceRecord conference = Conferences.conference(parts, ask);
        Deadline deadline =
                parts.world().time().after(Prefer.of(ask.header("prefer")).longest());
        Mailbox<Recorded> told = parts.world().mailbox("recording of " + conference.sid(), 1);
        if (!parts.liveCalls().recordConference(ask.account().sid(), conference.sid(), wanted, trimmed, told::post)) {
            throw Refused.with(Code.CONFERENCE_ENDED);
        }
        Optional<Recorded> answer = told.take(deadline);
        if (answer.isEmpty()) {
            return Reply.described(202, "Conference", Conferences.describe(conference, ask));
        }
        return switch (answer.get()) {
            case Recorded.Done(RecordingRecord recording, boolean fresh) ->
                Reply.described(fresh ? 201 : 200, "Recording", RecordingList.describe(recording, ask));
            case Recorded.NotStarted notYet ->
                throw Refused.with(Code.CONFLICT, "the conference has not started: nobody hears anybody yet");
            case Recorded.NoneGoesOn none -> throw Refused.with(Code.CONFLICT, "no recording goes on");
            case Recorded.Over over -> throw Refused.with(Code.CONFERENCE_ENDED);
        };
    }
}
