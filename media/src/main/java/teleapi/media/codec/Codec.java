package teleapi.media.codec;

import java.util.List;
import java.util.OptionalInt;

/**
 * How sound is carried in an RTP stream.
 *
 * <pre>
 * Shape   what SDP and RTP need to know of it; how it is coded is the business of the codec itself (G711 is stateless; one that is not
 *         will hand out coders with an owner)
 * Units   rates in Hz
 * Thread  immutable
 * Source  RFC 3551 §6, RFC 8866 §6.6
 * </pre>
 */
public sealed interface Codec permits G711 {
    /** All we speak, the one we like best first. */
    static List<Codec> all() {
        return List.of(G711.PCMU, G711.PCMA);
    }

    /** The encoding name of rtpmap; compared without regard to case (RFC 3551 §3 registers names so). */
    String encoding();

    /** The rate of the RTP timestamp. */
    int clockRate();

    int channels();

    /** The payload type that needs no rtpmap, if it has one. */
    OptionalInt staticPayloadType();

    /** Samples per channel in a packet of {@code millis}: also the step of the RTP timestamp. */
    default int samples(int millis) {
        return clockRate() / 1000 * millis;
    }
}
