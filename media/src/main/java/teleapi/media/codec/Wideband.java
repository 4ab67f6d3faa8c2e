package teleapi.media.codec;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The codecs with sound up to 7 kHz or more. Coded from and to 16 kHz; each stream needs coders of its own.
 *
 * <pre>
 * Units   {@link #RATE} Hz is what coders take and give; the clock of RTP is another matter: G.722 counts 8000 by an old mistake that stayed
 * Thread  immutable; a coder belongs to who asked for it
 * Source  ITU-T G.722; RFC 3551 §4.5.2; RFC 6716, RFC 7587
 * </pre>
 */
public enum Wideband implements Codec {
    G722("G722", 8_000, 1, 9, 22),
    OPUS("opus", 48_000, 2, 96, 104);

    public static final int RATE = 16_000;

    /** RFC 7587 §4.2: longer packets there are none; in samples of 16 kHz. */
    public static final int LONGEST = 1_920;

    private final String encoding;
    private final int clockRate;
    private final int channels;
    private final int payloadType;
    private final int delay;

    Wideband(String encoding, int clockRate, int channels, int payloadType, int delay) {
        this.encoding = encoding;
        this.clockRate = clockRate;
        this.channels = channels;
        this.payloadType = payloadType;
        this.delay = delay;
    }

    @Override
    public String encoding() {
        return encoding;
    }

    @Override
    public int clockRate() {
        return clockRate;
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public OptionalInt staticPayloadType() {
        return payloadType < 96 ? OptionalInt.of(payloadType) : OptionalInt.empty();
    }

    @Override
    public int offeredPayloadType() {
        return payloadType;
    }

    @Override
    public Optional<String> parameters() {
        return switch (this) {
            case G722 -> Optional.empty();
            case OPUS -> Optional.of("useinbandfec=1");
        };
    }

    /** How much later than it was coded a sample is decoded again, in samples of 16 kHz. */
    public int delay() {
        return delay;
    }

    public SoundEncoder encoder() {
        return switch (this) {
            case G722 -> new G722Encoder();
            case OPUS -> Opus.installed().encoder();
        };
    }

    public SoundDecoder decoder() {
        return switch (this) {
            case G722 -> new G722Decoder();
            case OPUS -> Opus.installed().decoder();
        };
    }

    /** How long the sound in a payload is, in samples of 16 kHz; 0: it is none of this codec. */
    public int samplesIn(byte[] octets, int from, int count) {
        int samples = switch (this) {
            case G722 -> 2 * count;
            case OPUS -> OpusPacket.samplesAt48k(octets, from, count) / 3;
        };
        return samples <= LONGEST ? samples : 0;
    }
}
