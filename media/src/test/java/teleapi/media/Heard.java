package teleapi.media;

import java.nio.ByteBuffer;
import java.util.Arrays;
import teleapi.media.codec.G711;

/** An RTP packet as a phone got it; read apart from the code under test. */
record Heard(long nanos, int type, boolean marker, int sequence, long timestamp, int ssrc, byte[] payload) {
    static Heard of(long nanos, byte[] packet) {
        ByteBuffer bytes = ByteBuffer.wrap(packet);
        if (bytes.get(0) != (byte) 0x80) {
            throw new AssertionError("first octet " + bytes.get(0));
        }
        return new Heard(
                nanos,
                bytes.get(1) & 0x7f,
                bytes.get(1) < 0,
                bytes.getShort(2) & 0xffff,
                bytes.getInt(4) & 0xffff_ffffL,
                bytes.getInt(8),
                Arrays.copyOfRange(packet, 12, packet.length));
    }

    G711 law() {
        return type == 0 ? G711.PCMU : G711.PCMA;
    }

    /** The peak of the tone of {@code hertz} in it; but for its first 10 ms, in which what was heard before may fade. */
    double level(int hertz) {
        double re = 0;
        double im = 0;
        int from = payload.length > 80 ? 80 : 0;
        for (int i = from; i < payload.length; i++) {
            double angle = 2 * Math.PI * hertz * i / 8000;
            re += law().decode(payload[i]) * Math.cos(angle);
            im += law().decode(payload[i]) * Math.sin(angle);
        }
        return 2 * Math.hypot(re, im) / (payload.length - from);
    }

    boolean has(Phone phone) {
        return has(phone.hertz());
    }

    boolean has(int hertz) {
        return level(hertz) > 500;
    }

    /** Nothing is in it, but perhaps a straight line of 5 ms from where the last sound was to zero. */
    boolean silent() {
        int from = law().decode(payload[0]);
        for (int i = 0; i < payload.length; i++) {
            int line = from * Math.max(0, 39 - i) / 39;
            int coding = 8 + Math.abs(line) / 16;
            if (Math.abs(law().decode(payload[i]) - line) > coding) {
                return false;
            }
        }
        return true;
    }
}
