package teleapi.media.codec;

import org.slf4j.LoggerFactory;

/**
 * Who codes Opus for us: the system's libopus where there is one (measured: a tenth of the cost), else a library in Java, which is always there.
 *
 * <pre>
 * Shape   coders of 16 kHz, mono; what is sent suits speech at 24 kbit/s, with what helps against loss (in-band FEC)
 * Thread  any; a coder belongs to who asked for it
 * Source  RFC 6716; ADR-0021
 * </pre>
 */
public sealed interface Opus permits Libopus, Concentus {
    int BITS_PER_SECOND = 24_000;

    /** What the encoder prepares for, in percent: more would cost bits that the sound lacks. */
    int EXPECTED_LOSS = 5;

    /** The better one of this machine; found once. */
    static Opus installed() {
        return Installed.OPUS;
    }

    /** For the log. */
    String name();

    SoundEncoder encoder();

    SoundDecoder decoder();

    /** Looked for when it is first asked for. */
    final class Installed {
        private static final Opus OPUS = find();

        private static Opus find() {
            Opus found = Libopus.find().map(Opus.class::cast).orElseGet(Concentus::new);
            LoggerFactory.getLogger(Opus.class).info("Opus is coded by {}", found.name());
            return found;
        }

        private Installed() {}
    }
}
