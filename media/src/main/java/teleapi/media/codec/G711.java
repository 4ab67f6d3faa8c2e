package teleapi.media.codec;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The two laws of the telephone network: one byte a sample.
 *
 * <pre>
 * Shape   linear = signed 16-bit at 8 kHz; µ-law uses its upper 14 bits, A-law its upper 13
 * Thread  any; tables are built once and never change
 * Source  ITU-T G.711 tables 1 and 2; RFC 3551 §4.5.14
 * </pre>
 */
@SuppressWarnings("ImmutableEnumChecker") // the tables are written while they are built and never handed out
public enum G711 implements Codec {
    PCMU(0, 0xff, 2),
    PCMA(8, 0xd5, 4);

    private static final int LINEAR = 1 << 16;

    private final int payloadType;
    private final byte silence;
    /** The low bits of a sample that the law does not see: the table needs no rows for them, and so stays in the cache. */
    private final int unseen;

    private final short[] linearOf = new short[256];
    private final byte[] octetOf;
    private final byte[] otherOf = new byte[256];

    G711(int payloadType, int silence, int unseen) {
        this.payloadType = payloadType;
        this.silence = (byte) silence;
        this.unseen = unseen;
        this.octetOf = new byte[LINEAR >> unseen];
        boolean mu = payloadType == 0;
        for (int octet = 0; octet < 256; octet++) {
            linearOf[octet] = (short) (mu ? expandMu(octet) : expandA(octet));
        }
        for (int row = 0; row < octetOf.length; row++) {
            int seen = row - octetOf.length / 2;
            octetOf[row] = (byte) (mu ? compressMu(seen) : compressA(seen));
        }
        for (int octet = 0; octet < 256; octet++) {
            int linear = mu ? expandMu(octet) : expandA(octet);
            otherOf[octet] = (byte) (mu ? compressA(linear >> 4) : compressMu(linear >> 2));
        }
    }

    @Override
    public String encoding() {
        return name();
    }

    @Override
    public int clockRate() {
        return 8000;
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public OptionalInt staticPayloadType() {
        return OptionalInt.of(payloadType);
    }

    @Override
    public int offeredPayloadType() {
        return payloadType;
    }

    @Override
    public Optional<String> parameters() {
        return Optional.empty();
    }

    /** The byte that says nothing: positive zero. */
    public byte silence() {
        return silence;
    }

    public byte encode(short sample) {
        return octetOf[(sample >> unseen) + (LINEAR >> unseen) / 2];
    }

    public short decode(byte octet) {
        return linearOf[octet & 0xff];
    }

    /** The same sound in the other law. */
    public byte toOther(byte octet) {
        return otherOf[octet & 0xff];
    }

    public G711 other() {
        return this == PCMU ? PCMA : PCMU;
    }

    public void encode(short[] samples, int from, byte[] octets, int at, int count) {
        for (int i = 0; i < count; i++) {
            octets[at + i] = encode(samples[from + i]);
        }
    }

    public void decode(byte[] octets, int from, short[] samples, int at, int count) {
        for (int i = 0; i < count; i++) {
            samples[at + i] = linearOf[octets[from + i] & 0xff];
        }
    }

    /** Rewrites bytes of this law as bytes of the other; {@code from} and {@code to} may be the same array and place. */
    public void toOther(byte[] octets, int from, byte[] others, int at, int count) {
        for (int i = 0; i < count; i++) {
            others[at + i] = otherOf[octets[from + i] & 0xff];
        }
    }

    /** A whole sound at once. */
    public byte[] encode(short[] samples) {
        byte[] octets = new byte[samples.length];
        encode(samples, 0, octets, 0, samples.length);
        return octets;
    }

    /** A whole sound at once. */
    public short[] decode(byte[] octets) {
        short[] samples = new short[octets.length];
        decode(octets, 0, samples, 0, octets.length);
        return samples;
    }

    /** {@code seen}: 14 bits. G.711 table 2a/2b: 8 segments, each twice as coarse, found after adding 33; all bits inverted. */
    private static int compressMu(int seen) {
        int magnitude = Math.min((seen < 0 ? ~seen : seen) + 33, 0x1fff);
        int segment = 26 - Integer.numberOfLeadingZeros(magnitude);
        int code = segment << 4 | (magnitude >> (segment + 1) & 0xf);
        return ~(seen < 0 ? code | 0x80 : code) & 0xff;
    }

    private static int expandMu(int octet) {
        int code = ~octet & 0xff;
        int segment = code >> 4 & 7;
        int magnitude = ((((code & 0xf) << 1 | 33) << segment) - 33) << 2;
        return code > 0x7f ? -magnitude : magnitude;
    }

    /** {@code seen}: 12 bits. G.711 table 1a/1b: the lowest two segments are equally fine; even bits inverted. */
    private static int compressA(int seen) {
        int magnitude = seen < 0 ? ~seen : seen;
        int segment = Math.max(0, 28 - Integer.numberOfLeadingZeros(magnitude));
        int code = segment << 4 | (magnitude >> Math.max(0, segment - 1) & 0xf);
        return (seen < 0 ? code : code | 0x80) ^ 0x55;
    }

    private static int expandA(int octet) {
        int code = octet ^ 0x55;
        int segment = code >> 4 & 7;
        int fine = (code & 0xf) << 1 | 1;
        int magnitude = segment == 0 ? fine << 3 : (fine | 0x20) << (segment + 2);
        return code > 0x7f ? magnitude : -magnitude;
    }
}
