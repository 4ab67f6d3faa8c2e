package teleapi.media.codec;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How sound is carried in an RTP stream.
 *
 * <pre>
 * Shape   what SDP and RTP need to know of it; how it is coded is the business of the codec itself (G711 is stateless, Wideband hands out
 *         coders)
 * Units   rates in Hz
 * Thread  immutable
 * Source  RFC 3551 §6, RFC 7587, RFC 8866 §6.6; ADR-0021
 * </pre>
 */
public sealed interface Codec permits G711, Wideband {
    /** All we speak, the one we like best first: what costs least, and what nobody has to transcode. */
    static List<Codec> all() {
        return List.of(G711.PCMU, G711.PCMA, Wideband.G722, Wideband.OPUS);
    }

    /** By its encoding name. */
    static Optional<Codec> of(String encoding) {
        return all().stream()
                .filter(codec -> codec.encoding()
                        .toLowerCase(Locale.ROOT)
                        .equals(encoding.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** The encoding name of rtpmap; compared without regard to case (RFC 3551 §3 registers names so). */
    String encoding();

    /** The rate of the RTP timestamp. */
    int clockRate();

    /** What rtpmap says; the sound may have fewer. */
    int channels();

    /** The payload type that needs no rtpmap, if it has one. */
    OptionalInt staticPayloadType();

    /** Under this number we offer it. */
    int offeredPayloadType();

    /** What an fmtp line of ours says of it, if there is anything to say. */
    Optional<String> parameters();

    /** The step of the RTP timestamp in {@code millis}. */
    default int units(int millis) {
        return clockRate() / 1000 * millis;
    }
}
