package teleapi.rest.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import teleapi.call.Controls.Recording;
import teleapi.call.Sid;
import teleapi.media.Tracks;
import teleapi.rcml.ConferenceRecording;
import teleapi.rcml.HttpMethod;
import teleapi.rcml.RecordingCallback;
import teleapi.rest.http.Code;
import teleapi.rest.http.Parameters;
import teleapi.rest.http.Refused;

/**
 * Reads what is asked of the recordings of a call.
 *
 * <pre>
 * Errors  Refused 400 that names the parameter
 * Source  reference/peers.md 2.2, 2.5; docs/api/recordings.md
 * </pre>
 */
final class RecordingRequest {
    private static final String RECORD = "Record";

    private static final List<String> TERMS = List.of(
            "RecordingChannels",
            "RecordingTrack",
            "RecordingStatusCallback",
            "RecordingStatusCallbackMethod",
            "RecordingStatusCallbackEvent");

    private RecordingRequest() {}

    /** Record of {@code POST Calls/{CallSid}}. */
    static Optional<Recording> live(Parameters parameters) {
        Optional<Recording> wanted = parameters.text(RECORD).map(word -> switch (word) {
            case "start" -> start(parameters, "StartCallRecordingAPI", true);
            case "pause" -> pause(parameters, Optional.empty());
            case "resume" -> new Recording.Resume(Optional.empty());
            case "stop" -> new Recording.Stop(Optional.empty());
            default ->
                throw Refused.parameter(Code.INVALID_PARAMETER, RECORD, "must be one of start, pause, resume, stop");
        });
        only(parameters, wanted.orElse(new Recording.Stop(Optional.empty())));
        return wanted;
    }

    private static void only(Parameters parameters, Recording wanted) {
        if (!(wanted instanceof Recording.Start)) {
            parameters.refuse(TERMS, Code.NOTHING_TO_DO, "needs Record=start");
        }
        if (!(wanted instanceof Recording.Pause)) {
            parameters.refuse(List.of("PauseBehavior"), Code.NOTHING_TO_DO, "needs Record=pause");
        }
    }

    /** Record of {@code POST Calls}. */
    static Optional<Recording.Start> fromTheAnswer(Parameters parameters) {
        return parameters.flag(RECORD).orElse(false)
                ? Optional.of(start(parameters, "OutboundAPI", true))
                : Optional.empty();
    }

    static Recording.Start start(Parameters parameters, String source, boolean mayWait) {
        boolean dual =
                choice(parameters, "RecordingChannels", List.of("mono", "dual")).equals("dual");
        Tracks tracks = switch (choice(parameters, "RecordingTrack", List.of("both", "inbound", "outbound"))) {
            case "inbound" -> Tracks.SAID;
            case "outbound" -> Tracks.HEARD;
            default -> dual ? Tracks.DUAL : Tracks.MONO;
        };
        return new Recording.Start(tracks, callback(parameters, "RecordingStatusCallback"), source, mayWait);
    }

    private static RecordingCallback callback(Parameters parameters, String name) {
        return new RecordingCallback(
                parameters.url(name),
                parameters.method(name + "Method").orElse(HttpMethod.POST),
                events(parameters, name + "Event"));
    }

    /** Of a conference, which has no directions, and so one channel. */
    static Recording.Start startOfConference(Parameters parameters) {
        choice(parameters, "RecordingChannels", List.of("mono"));
        choice(parameters, "RecordingTrack", List.of("both"));
        return start(parameters, "StartConferenceRecordingAPI", false);
    }

    /** Of {@code POST Participants}: what its Conference noun would say. */
    static Optional<ConferenceRecording> ofRoom(Parameters parameters) {
        String record =
                choice(parameters, "ConferenceRecord", List.of("do-not-record", "false", "record-from-start", "true"));
        boolean wanted = record.equals("record-from-start") || record.equals("true");
        boolean trimmed = trimmed(parameters, "ConferenceTrim", true);
        RecordingCallback callback = callback(parameters, "ConferenceRecordingStatusCallback");
        return parameters.has("ConferenceRecord")
                ? Optional.of(new ConferenceRecording(wanted, trimmed, callback))
                : Optional.empty();
    }

    static boolean trimmed(Parameters parameters, String name, boolean usual) {
        List<String> words = List.of("trim-silence", "do-not-trim");
        return choice(parameters, name, usual ? words : words.reversed()).equals("trim-silence");
    }

    /** Status of {@code POST Recordings/{Sid}}; empty: whichever goes on. */
    static Recording change(Parameters parameters, Optional<Sid> which) {
        String status = parameters
                .text("Status")
                .orElseThrow(() -> Refused.parameter(Code.NOTHING_TO_DO, "Status", "is missing"));
        return switch (status) {
            case "paused" -> pause(parameters, which);
            case "in-progress" -> new Recording.Resume(which);
            case "stopped" -> new Recording.Stop(which);
            default ->
                throw Refused.parameter(
                        Code.INVALID_PARAMETER, "Status", "must be one of paused, in-progress, stopped");
        };
    }

    private static Recording.Pause pause(Parameters parameters, Optional<Sid> which) {
        return new Recording.Pause(
                which,
                choice(parameters, "PauseBehavior", List.of("silence", "skip")).equals("silence"));
    }

    /** One of these words; the first when it is not given. */
    private static String choice(Parameters parameters, String name, List<String> words) {
        String word = parameters.text(name).orElse(words.getFirst());
        if (!words.contains(word)) {
            throw Refused.parameter(Code.INVALID_PARAMETER, name, "must be one of " + String.join(", ", words));
        }
        return word;
    }

    /** Repeated, or several in one with spaces; completed when there is none. */
    private static List<String> events(Parameters parameters, String name) {
        List<String> events = new ArrayList<>();
        for (String value : parameters.form().all(name)) {
            for (String word : value.split(" ", -1)) {
                if (!word.isEmpty()) {
                    events.add(word);
                }
            }
        }
        if (!RecordingCallback.EVENTS.containsAll(events)) {
            throw Refused.parameter(Code.EVENT_INVALID, name, "must be of in-progress, completed, absent");
        }
        return events.isEmpty() ? RecordingCallback.DEFAULT_EVENTS : events;
    }
}
