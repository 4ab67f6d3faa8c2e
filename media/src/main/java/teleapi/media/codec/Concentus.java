package teleapi.media.codec;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusSignal;

/**
 * Opus in Java.
 *
 * <pre>
 * Errors  a packet it cannot decode gives no samples: it throws several kinds of exceptions at what strangers send
 * Source  ADR-0006, ADR-0021: unlike all else of ours it allocates per packet
 * </pre>
 */
final class Concentus implements Opus {
    /** The least of ten: the others cost more than they are worth for speech. */
    private static final int COMPLEXITY = 0;

    private static final int FRAME = 320;

    @Override
    public String name() {
        return "concentus";
    }

    @Override
    public SoundEncoder encoder() {
        return new Encoder();
    }

    @Override
    public SoundDecoder decoder() {
        return new Decoder();
    }

    private static final class Encoder implements SoundEncoder {
        // Owned by who asked for it.
        private final OpusEncoder encoder;

        Encoder() {
            try {
                encoder = new OpusEncoder(Wideband.RATE, 1, OpusApplication.OPUS_APPLICATION_VOIP);
            } catch (OpusException broken) {
                throw new IllegalStateException(broken);
            }
            encoder.setBitrate(BITS_PER_SECOND);
            encoder.setComplexity(COMPLEXITY);
            encoder.setSignalType(OpusSignal.OPUS_SIGNAL_VOICE);
            encoder.setUseInbandFEC(true);
            encoder.setPacketLossPercent(EXPECTED_LOSS);
        }

        @Override
        public int encode(short[] samples, int from, byte[] octets, int at) {
            try {
                return encoder.encode(samples, from, FRAME, octets, at, LARGEST);
            } catch (OpusException | RuntimeException broken) {
                return 0;
            }
        }

        @Override
        public void close() {}
    }

    private static final class Decoder implements SoundDecoder {
        // Owned by who asked for it.
        private final OpusDecoder decoder;

        Decoder() {
            try {
                decoder = new OpusDecoder(Wideband.RATE, 1);
            } catch (OpusException broken) {
                throw new IllegalStateException(broken);
            }
        }

        @Override
        public int decode(byte[] octets, int from, int count, short[] samples, int at) {
            return decode(octets, from, count, samples, at, Wideband.LONGEST, false);
        }

        @Override
        public int conceal(byte[] octets, int from, int count, short[] samples, int at, int wanted) {
            return decode(octets, from, count, samples, at, wanted, true);
        }

        private int decode(byte[] octets, int from, int count, short[] samples, int at, int most, boolean before) {
            try {
                return Math.max(0, decoder.decode(octets, from, count, samples, at, most, before));
            } catch (OpusException | RuntimeException strange) {
                return 0;
            }
        }

        @Override
        public void close() {}
    }
}
