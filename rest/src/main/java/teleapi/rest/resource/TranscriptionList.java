package teleapi.rest.resource;

import java.util.List;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.RecordingRecord;
import teleapi.call.records.TranscriptionRecord;
import teleapi.rest.Parts;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Paging;
import teleapi.rest.http.Refused;
import teleapi.rest.http.Reply;
import teleapi.rest.http.Route;

/**
 * {@code Transcriptions} of an account or of one recording, newest first.
 *
 * <pre>
 * Errors  409 for deleting one that is being made
 * Source  reference/restcomm.md 4.4; ADR-0022
 * </pre>
 */
final class TranscriptionList {
    private final Parts parts;

    TranscriptionList(Parts parts) {
        this.parts = parts;
    }

    List<Route> routes() {
        return List.of(
                Route.at("{Account}/Transcriptions").on("GET", ask -> list(ask, Optional.empty(), "Transcriptions")),
                Route.at("{Account}/Transcriptions/{Transcription}")
                        .on("GET", ask -> Reply.described(200, "Transcription", describe(transcription(ask), ask)))
                        .on("DELETE", this::delete),
                Route.at("{Account}/Recordings/{Recording}/Transcriptions").on("GET", this::ofRecording));
    }

    private Reply ofRecording(Ask ask) {
        Sid recording = Sid.parse(Sid.RECORDING, ask.segment("Recording"))
                .flatMap(wanted -> parts.recordings().find(ask.account().sid(), wanted))
                .map(RecordingRecord::sid)
                .orElseThrow(() -> Refused.with(Code.NOT_FOUND));
        return list(ask, Optional.of(recording), "Recordings/" + recording + "/Transcriptions");
    }

    private Reply list(Ask ask, Optional<Sid> recording, String path) {
        Paging paging = Paging.of(ask);
        return Reply.listed(
                "Transcriptions",
                Paging.listing(
                        ask,
                        parts.transcriptions().list(ask.account().sid(), recording, paging.page(), paging.size()),
                        ask.base() + "/" + path,
                        "transcriptions",
                        "transcriptions",
                        "Transcription",
                        transcription -> describe(transcription, ask)));
    }

    private Reply delete(Ask ask) {
        TranscriptionRecord transcription = transcription(ask);
        if (!transcription.status().ended()) {
            throw Refused.with(Code.CONFLICT, "it is still being made");
        }
        parts.transcriptions().delete(transcription.accountSid(), transcription.sid());
        return Reply.empty(204);
    }

    private TranscriptionRecord transcription(Ask ask) {
        return Sid.parse(Sid.TRANSCRIPTION, ask.segment("Transcription"))
                .flatMap(wanted -> parts.transcriptions().find(ask.account().sid(), wanted))
                .orElseThrow(() -> Refused.with(Code.NOT_FOUND));
    }

    private static Fields describe(TranscriptionRecord transcription, Ask ask) {
        return new Fields()
                .text("sid", transcription.sid().text())
                .date("date_created", transcription.dateCreated())
                .date("date_updated", transcription.dateUpdated())
                .text("account_sid", transcription.accountSid().text())
                .text("call_sid", transcription.callSid().text())
                .text("recording_sid", transcription.recordingSid().text())
                .text("status", transcription.status().text())
                .text("duration", Long.toString(RecordingRecord.seconds(transcription.duration())))
                .text("transcription_text", transcription.text())
                .text("api_version", ask.dialect().version())
                .text("uri", ask.uri("Transcriptions/" + transcription.sid()));
    }
}
