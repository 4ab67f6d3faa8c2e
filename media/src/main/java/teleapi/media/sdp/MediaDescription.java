package teleapi.media.sdp;

import java.util.List;
import java.util.Optional;

/**
 * An {@code m=} section.
 *
 * @param kind audio, video, …
 * @param port 0: refused or ended (RFC 3264 §6, §8.2)
 * @param protocol RTP/AVP, …
 * @param formats payload types, for RTP; the one liked best first
 * @param host of its own {@code c=} line
 */
public record MediaDescription(
        String kind,
        int port,
        String protocol,
        List<String> formats,
        Optional<String> host,
        List<Attribute> attributes) {
    public MediaDescription {
        formats = List.copyOf(formats);
        attributes = List.copyOf(attributes);
    }

    /** The value of the first attribute of that name; of a flag the empty string. */
    public Optional<String> attribute(String name) {
        return SessionDescription.find(attributes, name);
    }

    /** The same section, refused: RFC 3264 §6 wants kind, protocol and at least one format kept. */
    public MediaDescription refused() {
        return new MediaDescription(kind, 0, protocol, formats, Optional.empty(), List.of());
    }
}
