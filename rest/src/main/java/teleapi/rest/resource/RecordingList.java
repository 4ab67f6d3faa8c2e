package teleapi.rest.resource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.ControlState;
import teleapi.call.Controls;
import teleapi.call.Sid;
import teleapi.call.records.RecordingRecord;
import teleapi.rest.Parts;
import teleapi.rest.http.Ask;
import teleapi.rest.http.ByteRange;
import teleapi.rest.http.Code;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Paging;
import teleapi.rest.http.Refused;
import teleapi.rest.http.Reply;
import teleapi.rest.http.Route;

/**
 * {@code Recordings} of an account or of one call, newest first; the sound of one under its Sid and {@code .wav} or {@code .mp3}. Those of a live call are
 * begun, paused, resumed and stopped, which is a modification of the call, with the same answers.
 *
 * <pre>
 * Errors  409 while it is being recorded; 404 for the sound of one that has none
 * Source  reference/restcomm.md 4.3, peers.md 2.5; reliability.md A10, A11; ADR-0014
 * </pre>
 */
final class RecordingList {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingList.class);

    private static final String WAV = ".wav";

    private static final String MP3 = ".mp3";

    static final String CURRENT = "Twilio.CURRENT";

    private final Parts parts;
    private final Modifying modifying;

    RecordingList(Parts parts, Modifying modifying) {
        this.parts = parts;
        this.modifying = modifying;
    }

    List<Route> routes() {
        return List.of(
                Route.at("{Account}/Recordings")
                        .on(
                                "GET",
                                ask -> list(ask, filter(ask, "CallSid"), filter(ask, "ConferenceSid"), "Recordings")),
                Route.at("{Account}/Recordings/{Recording}")
                        .on("GET", this::get)
                        .on("DELETE", this::delete),
                Route.at("{Account}/Calls/{Call}/Recordings")
                        .on("GET", this::ofCall)
                        .on("POST", this::begin)
                        .folding(Repeating::creation),
                Route.at("{Account}/Calls/{Call}/Recordings/{Recording}")
                        .on("GET", this::get)
                        .on("POST", this::change)
                        .folding(Repeating::modification)
                        .on("DELETE", this::delete));
    }

    private static Optional<Sid> filter(Ask ask, String name) {
        boolean call = name.equals("CallSid");
        return ask.filters()
                .text(name)
                .map(text -> Sid.parse(call ? Sid.CALL : Sid.CONFERENCE, text)
                        .orElseThrow(() -> Refused.parameter(
                                Code.INVALID_PARAMETER,
                                name,
                                "must be the sid of a " + (call ? "call" : "conference"))));
    }

    private Reply ofCall(Ask ask) {
        Sid call = Calls.known(parts, ask);
        return list(ask, Optional.of(call), Optional.empty(), "Calls/" + call + "/Recordings");
    }

    /** Of one conference, live or ended. */
    Reply ofConference(Ask ask, Sid conference) {
        return list(ask, Optional.empty(), Optional.of(conference), "Conferences/" + conference + "/Recordings");
    }

    private Reply list(Ask ask, Optional<Sid> call, Optional<Sid> conference, String path) {
        Paging paging = Paging.of(ask);
        return Reply.listed(
                "Recordings",
                Paging.listing(
                        ask,
                        parts.recordings().list(ask.account().sid(), call, conference, paging.page(), paging.size()),
                        ask.base() + "/" + path,
                        "recordings",
                        "recordings",
                        "Recording",
                        recording -> describe(recording, ask)));
    }

    Reply get(Ask ask) {
        RecordingRecord recording = recording(ask);
        String segment = ask.segment("Recording");
        return segment.endsWith(WAV) || segment.endsWith(MP3)
                ? sound(ask, recording, segment.endsWith(MP3))
                : Reply.described(200, "Recording", describe(recording, ask));
    }

    private Reply sound(Ask ask, RecordingRecord recording, boolean mp3) {
        if (!recording.status().ended()) {
            throw Refused.with(Code.CONFLICT, "it is still being recorded");
        }
        if (!recording.hasSound()) {
            throw Refused.with(Code.NOT_FOUND);
        }
        try {
            Path file = mp3
                    ? parts.recordingFolder()
                            .mp3(recording.sid())
                            .orElseThrow(() -> Refused.with(Code.UNAVAILABLE, "another MP3 is being made")
                                    .retryAfter(5))
                    : parts.recordingFolder().file(recording.sid());
            long size = Files.size(file);
            // RFC 9110 §14.2: a range is of GET alone.
            return ByteRange.of(ask.method().equals("HEAD") ? List.of() : ask.header("range"), size)
                    .reply(new Reply.Body.Part(mp3 ? "audio/mpeg" : "audio/wav", file, 0, size))
                    .header("Content-Disposition", "inline; filename=\"" + recording.sid() + (mp3 ? MP3 : WAV) + "\"");
        } catch (NoSuchFileException gone) {
            throw Refused.with(Code.NOT_FOUND);
        } catch (IOException unreadable) {
            LOG.error("the sound of recording {} cannot be read", recording.sid(), unreadable);
            throw Refused.with(Code.INTERNAL);
        }
    }

    Reply delete(Ask ask) {
        RecordingRecord recording = recording(ask);
        if (!recording.status().ended()) {
            throw Refused.with(Code.CONFLICT, "it is still being recorded");
        }
        try {
            parts.recordingFolder().delete(recording, parts.recordings());
        } catch (IOException stays) {
            LOG.error("the sound of recording {} cannot be deleted", recording.sid(), stays);
            throw Refused.with(Code.INTERNAL);
        }
        return Reply.empty(204);
    }

    /** 201; 200 with the one that goes on already. */
    private Reply begin(Ask ask) {
        Optional<Sid> before = current(ask);
        var wanted = RecordingRequest.start(ask.parameters(), "StartCallRecordingAPI", false);
        Reply reply = modifying.modify(ask, ModificationRequest.of(Controls.recording(wanted)));
        Optional<Sid> begun = current(ask);
        return done(ask, reply, begun, begun.equals(before) ? 200 : 201);
    }

    private Reply change(Ask ask) {
        Sid wanted = ask.segment("Recording").equals(CURRENT)
                ? goingOn(ask)
                : recording(ask).sid();
        Controls.Recording change = RecordingRequest.change(ask.parameters(), Optional.of(wanted));
        Reply reply = modifying.modify(ask, ModificationRequest.of(Controls.recording(change)));
        return done(ask, reply, Optional.of(wanted), reply.status());
    }

    private Sid goingOn(Ask ask) {
        Sid call = Calls.known(parts, ask);
        if (parts.liveCalls().live(ask.account().sid(), call).isEmpty()) {
            throw Refused.with(Code.CALL_ENDED);
        }
        return current(ask).orElseThrow(() -> Refused.with(Code.CONFLICT, "no recording goes on"));
    }

    /** What a control means that names no recording. */
    private Optional<Sid> current(Ask ask) {
        return Calls.sid(ask)
                .flatMap(call -> parts.liveCalls().controls(ask.account().sid(), call))
                .flatMap(ControlState::recording)
                .map(RecordingRecord::sid);
    }

    private Reply done(Ask ask, Reply reply, Optional<Sid> concerned, int status) {
        Optional<RecordingRecord> found =
                concerned.flatMap(sid -> parts.recordings().find(ask.account().sid(), sid));
        return reply.status() == 200 && !Modifying.dryRun(ask) && found.isPresent()
                ? new Reply(status, reply.headers(), new Reply.Body.Described("Recording", describe(found.get(), ask)))
                : reply;
    }

    /** The one of the path; it has to be of the path's call or conference. */
    RecordingRecord recording(Ask ask) {
        String segment = ask.segment("Recording");
        boolean sound = segment.endsWith(WAV) || segment.endsWith(MP3);
        String sid = sound ? segment.substring(0, segment.length() - WAV.length()) : segment;
        Optional<Sid> call = Sid.parse(Sid.CALL, ask.segment("Call"));
        Optional<Sid> conference = Sid.parse(Sid.CONFERENCE, ask.segment("Conference"));
        return Sid.parse(Sid.RECORDING, sid)
                .flatMap(wanted -> parts.recordings().find(ask.account().sid(), wanted))
                .filter(found -> ask.segment("Call").isEmpty() || call.equals(Optional.of(found.callSid())))
                .filter(found -> ask.segment("Conference").isEmpty()
                        || (conference.isPresent() && conference.equals(found.conferenceSid())))
                .orElseThrow(() -> Refused.with(Code.NOT_FOUND));
    }

    static Fields describe(RecordingRecord recording, Ask ask) {
        return new Fields()
                .text("sid", recording.sid().text())
                .date("date_created", recording.startTime())
                .date("date_updated", recording.dateUpdated())
                .date("start_time", recording.startTime())
                .text("account_sid", recording.accountSid().text())
                .text("call_sid", recording.callSid().text())
                .text("conference_sid", recording.conferenceSid().map(Sid::text))
                .text("status", recording.status().text())
                .text("duration", recording.duration().map(length -> Long.toString(RecordingRecord.seconds(length))))
                .count("channels", recording.channels())
                .text("source", recording.source())
                .text("track", recording.track())
                .text("error_code", recording.errorCode().map(code -> Integer.toString(code)))
                .text("api_version", ask.dialect().version())
                .text("file_uri", ask.base() + "/Recordings/" + recording.sid() + WAV)
                .text("uri", ask.uri("Recordings/" + recording.sid()));
    }
}
