package teleapi.media.sdp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A session description, as far as a telephone needs it.
 *
 * @param host of the {@code c=} line of the session
 * @param attributes those of the session
 * @param media in their order, which is their identity (RFC 3264 §8)
 */
public record SessionDescription(
        Origin origin, Optional<String> host, List<Attribute> attributes, List<MediaDescription> media) {
    public SessionDescription {
        attributes = List.copyOf(attributes);
        media = List.copyOf(media);
    }

    public Optional<String> attribute(String name) {
        return find(attributes, name);
    }

    /** Where a section's sound goes: its own address, else the session's (RFC 8866 §5.7). */
    public Optional<String> hostOf(MediaDescription section) {
        return section.host().or(() -> host);
    }

    /** As it is sent; lines in the order of RFC 8866 §5. */
    public byte[] bytes() {
        StringBuilder out = new StringBuilder(512);
        out.append("v=0\r\no=")
                .append(origin.username())
                .append(' ')
                .append(origin.id())
                .append(' ')
                .append(origin.version());
        out.append(' ').append(network(origin.host())).append("\r\ns=-\r\n");
        host.ifPresent(address -> out.append("c=").append(network(address)).append("\r\n"));
        out.append("t=0 0\r\n");
        write(out, attributes);
        for (MediaDescription section : media) {
            out.append("m=")
                    .append(section.kind())
                    .append(' ')
                    .append(section.port())
                    .append(' ')
                    .append(section.protocol());
            section.formats().forEach(format -> out.append(' ').append(format));
            out.append("\r\n");
            section.host()
                    .ifPresent(
                            address -> out.append("c=").append(network(address)).append("\r\n"));
            write(out, section.attributes());
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    static Optional<String> find(List<Attribute> attributes, String name) {
        for (Attribute attribute : attributes) {
            if (attribute.name().equals(name)) {
                return Optional.of(attribute.value());
            }
        }
        return Optional.empty();
    }

    private static void write(StringBuilder out, List<Attribute> attributes) {
        for (Attribute attribute : attributes) {
            out.append("a=").append(attribute.name());
            if (!attribute.value().isEmpty()) {
                out.append(':').append(attribute.value());
            }
            out.append("\r\n");
        }
    }

    private static String network(String host) {
        return (host.indexOf(':') < 0 ? "IN IP4 " : "IN IP6 ") + host;
    }
}
