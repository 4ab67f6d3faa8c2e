package teleapi.media.dtmf;

import java.util.Optional;

/**
 * The payload of a telephone-event packet.
 *
 * <pre>
 * Shape   0: event; 1: end bit, a reserved bit, 6 bits of volume; 2-3: duration
 * Units   volume in dBm0 below zero; duration in RTP timestamp steps
 * Source  RFC 4733 §2.3
 * </pre>
 *
 * @param event 0 to 255; keys are 0 to 15
 * @param volume 0 to 63: -volume dBm0
 * @param duration 0 to 65535, since the packet's timestamp
 */
public record TelephoneEvent(int event, boolean end, int volume, int duration) {
    public static final int LENGTH = 4;

    public TelephoneEvent {
        if ((event & ~0xff) != 0 || (volume & ~0x3f) != 0 || (duration & ~0xffff) != 0) {
            throw new IllegalArgumentException("event " + event + ", volume " + volume + ", duration " + duration);
        }
    }

    /** Reads one; what follows the four bytes is another event of a kind we do not send (§2.3.5) and is left alone. */
    public static Optional<TelephoneEvent> decode(byte[] payload, int at, int length) {
        if (length < LENGTH) {
            return Optional.empty();
        }
        int second = payload[at + 1] & 0xff;
        int duration = (payload[at + 2] & 0xff) << 8 | (payload[at + 3] & 0xff);
        return Optional.of(new TelephoneEvent(payload[at] & 0xff, (second & 0x80) != 0, second & 0x3f, duration));
    }

    public void encode(byte[] payload, int at) {
        payload[at] = (byte) event;
        payload[at + 1] = (byte) ((end ? 0x80 : 0) | volume);
        payload[at + 2] = (byte) (duration >> 8);
        payload[at + 3] = (byte) duration;
    }

    /** Whose press it tells; empty for the events that are no keys. */
    public Optional<Key> key() {
        return Key.ofCode(event);
    }
}
