package teleapi.rest.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import teleapi.call.Controls.Recording;
import teleapi.call.Sid;
import teleapi.media.Tracks;
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
            refuse(parameters, TERMS.stream(), "needs Record=start");
        }
        if (!(wanted instanceof Recording.Pause)) {
            refuse(parameters, Stream.of("PauseBehavior"), "needs Record=pause");
        }
    }

    private static void refuse(Parameters parameters, Stream<String> names, String why) {
        names.filter(parameters::has).forEach(name -> {
            throw Refused.parameter(Code.NOTHING_TO_DO, name, why);
        });
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
        return new Recording.Start(
                tracks,
                new RecordingCallback(
                        parameters.url("RecordingStatusCallback"),
                        parameters.method("RecordingStatusCallbackMethod").orElse(HttpMethod.POST),
                        events(parameters)),
                source,
                mayWait);
    }

    /** Status of {@code POST Calls/{CallSid}/Recordings/{Sid}}. */
    static Recording change(Parameters parameters, Sid which) {
        String status = parameters
                .text("Status")
                .orElseThrow(() -> Refused.parameter(Code.NOTHING_TO_DO, "Status", "is missing"));
        return switch (status) {
            case "paused" -> pause(parameters, Optional.of(which));
            case "in-progress" -> new Recording.Resume(Optional.of(which));
            case "stopped" -> new Recording.Stop(Optional.of(which));
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
    private static List<String> events(Parameters parameters) {
        List<String> events = new ArrayList<>();
        for (String value : parameters.form().all("RecordingStatusCallbackEvent")) {
            for (String word : value.split(" ", -1)) {
                if (!word.isEmpty()) {
                    events.add(word);
                }
            }
        }
        if (!RecordingCallback.EVENTS.containsAll(events)) {
            throw Refused.parameter(
                    Code.EVENT_INVALID, "RecordingStatusCallbackEvent", "must be of in-progress, completed, absent");
        }
        return events.isEmpty() ? RecordingCallback.DEFAULT_EVENTS : events;
    }
}
