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

    /** The peak of the tone of {@code hertz} in it. */
    double level(int hertz) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < payload.length; i++) {
            double angle = 2 * Math.PI * hertz * i / 8000;
            re += law().decode(payload[i]) * Math.cos(angle);
            im += law().decode(payload[i]) * Math.sin(angle);
        }
        return 2 * Math.hypot(re, im) / payload.length;
    }

    boolean has(Phone phone) {
        return has(phone.hertz());
    }

    boolean has(int hertz) {
        return level(hertz) > 500;
    }

    boolean silent() {
        for (byte octet : payload) {
            if (Math.abs(law().decode(octet)) > 8) {
                return false;
            }
        }
        return true;
    }
}
