package teleapi.call.stream;

import java.util.List;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.rcml.Stream;

/** What is streamed where, under which Sid. */
public record StreamTerms(Sid sid, Stream stream, boolean bidirectional) {
    /** In sentences and callbacks: its name, else its Sid. */
    public String name() {
        return stream.name().orElse(sid.text());
    }

    /** Whether this is its Sid, or the name it was given. */
    public boolean goesBy(String sidOrName) {
        return sid.text().equals(sidOrName) || stream.name().equals(Optional.of(sidOrName));
    }

    Optional<String> statusCallback() {
        return stream.statusCallback();
    }

    java.util.Map<String, String> parameters() {
        return stream.parameters();
    }

    /** In the order in which a fork has their samples. */
    List<String> trackNames() {
        return switch (stream.track()) {
            case INBOUND -> List.of("inbound");
            case OUTBOUND -> List.of("outbound");
            case BOTH -> List.of("inbound", "outbound");
        };
    }
}
