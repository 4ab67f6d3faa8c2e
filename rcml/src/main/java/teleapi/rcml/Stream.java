package teleapi.rcml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sound of the call over a WebSocket.
 *
 * @param name by which it can be stopped; empty: by its Sid alone
 * @param url of the scheme ws or wss, absolute
 * @param statusCallback told that it has started, stopped or failed
 * @param parameters told to the server at the start, in their order
 */
public record Stream(
        Position position,
        Optional<String> name,
        String url,
        Track track,
        Optional<String> statusCallback,
        HttpMethod statusCallbackMethod,
        Map<String, String> parameters) {
    public static final int MAX_NAME = 128;
    public static final int MAX_PARAMETERS = 99;
    /** Of a parameter, name and value together. */
    public static final int MAX_PARAMETER = 500;

    /** Whose sound it is: what the party says, what it hears. */
    public enum Track {
        INBOUND("inbound_track"),
        OUTBOUND("outbound_track"),
        BOTH("both_tracks");

        private final String text;

        Track(String text) {
            this.text = text;
        }

        /** As documents write it. */
        public String text() {
            return text;
        }

        /** Empty when there is no such track. */
        public static Optional<Track> parse(String text) {
            for (Track track : values()) {
                if (track.text.equals(text)) {
                    return Optional.of(track);
                }
            }
            return Optional.empty();
        }
    }

    public Stream {
        name.ifPresent(given -> Checked.length("name of Stream", given, 1, MAX_NAME));
        Checked.length("url of Stream", url, 1, RcmlDocument.MAX_URL);
        Checked.range("parameters of Stream", parameters.size(), 0, MAX_PARAMETERS);
        parameters.forEach((parameter, value) ->
                Checked.range("parameter of Stream", parameter.length() + value.length(), 1, MAX_PARAMETER));
        parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** Whether this is a URL that a stream can go to: ws or wss, absolute, with a host. */
    public static boolean usable(String url) {
        try {
            java.net.URI uri = new java.net.URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme();
            return url.length() <= RcmlDocument.MAX_URL
                    && (scheme.equalsIgnoreCase("ws") || scheme.equalsIgnoreCase("wss"))
                    && uri.getHost() != null
                    && uri.getPort() <= 65_535;
        } catch (java.net.URISyntaxException unusable) {
            return false;
        }
    }
}
