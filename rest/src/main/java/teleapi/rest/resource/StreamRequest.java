package teleapi.rest.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import teleapi.rcml.HttpMethod;
import teleapi.rcml.Position;
import teleapi.rcml.RcmlDocument;
import teleapi.rcml.Stream;
import teleapi.rest.http.Code;
import teleapi.rest.http.Parameters;
import teleapi.rest.http.Refused;

/**
 * Reads what is to be streamed.
 *
 * <pre>
 * Errors  Refused 400 that names the parameter
 * Source  reference/peers.md 2.5; docs/api/streams.md
 * </pre>
 */
final class StreamRequest {
    /** It is of no document. */
    private static final Position NOWHERE = new Position(1, 1);

    private StreamRequest() {}

    static Stream read(Parameters parameters) {
        String url = parameters
                .text("Url", RcmlDocument.MAX_URL)
                .filter(Stream::usable)
                .orElseThrow(() -> Refused.parameter(
                        Code.INVALID_PARAMETER, "Url", "must be an absolute URL of the scheme ws or wss"));
        String track = parameters.text("Track").orElse(Stream.Track.INBOUND.text());
        return new Stream(
                NOWHERE,
                parameters.text("Name", Stream.MAX_NAME),
                url,
                Stream.Track.parse(track)
                        .orElseThrow(() -> Refused.parameter(
                                Code.INVALID_PARAMETER,
                                "Track",
                                "must be one of inbound_track, outbound_track, both_tracks")),
                parameters.url("StatusCallback"),
                parameters.method("StatusCallbackMethod").orElse(HttpMethod.POST),
                parameters(parameters));
    }

    private static Map<String, String> parameters(Parameters parameters) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 1; i <= Stream.MAX_PARAMETERS; i++) {
            String nameField = "Parameter" + i + ".Name";
            String valueField = "Parameter" + i + ".Value";
            String value = parameters.text(valueField, Stream.MAX_PARAMETER).orElse("");
            if (!parameters.has(nameField) && parameters.has(valueField)) {
                throw Refused.parameter(Code.INVALID_PARAMETER, nameField, "is missing");
            }
            parameters.text(nameField, Stream.MAX_PARAMETER).ifPresent(name -> {
                if (name.length() + value.length() > Stream.MAX_PARAMETER) {
                    throw Refused.parameter(
                            Code.INVALID_PARAMETER,
                            valueField,
                            "longer than " + Stream.MAX_PARAMETER + " characters with its name");
                }
                given.put(name, value);
            });
        }
        return given;
    }
}
