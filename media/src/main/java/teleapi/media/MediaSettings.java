package teleapi.media;

import java.time.Duration;
import java.util.List;
import teleapi.media.codec.Codec;

/**
 * Where media lives.
 *
 * @param bindHost the address RTP sockets are bound to
 * @param publicHost the address that stands in SDP
 * @param lowPort first RTP port (even); 0: any free port, as the system gives them
 * @param highPort last RTP port
 * @param loops how many media loops
 * @param longestSilence how long nothing may come of a peer that should be heard; zero: nobody looks
 * @param codecs what we speak, in the order in which we offer it
 */
public record MediaSettings(
        String bindHost,
        String publicHost,
        int lowPort,
        int highPort,
        int loops,
        Duration longestSilence,
        List<Codec> codecs) {
    public MediaSettings {
        codecs = List.copyOf(codecs);
    }

    /** With all codecs. */
    public MediaSettings(
            String bindHost, String publicHost, int lowPort, int highPort, int loops, Duration longestSilence) {
        this(bindHost, publicHost, lowPort, highPort, loops, longestSilence, Codec.all());
    }

    public MediaSettings(String bindHost, String publicHost, int lowPort, int highPort, int loops) {
        this(bindHost, publicHost, lowPort, highPort, loops, Duration.ZERO);
    }
}
