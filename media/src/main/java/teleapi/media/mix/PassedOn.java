package teleapi.media.mix;

import teleapi.media.codec.SoundDecoder;
import teleapi.media.codec.Wideband;

/**
 * The end of what was passed on to a peer as it came. What is made here next goes on from there: the peer's decoder remembers what it heard, and
 * an encoder that remembers something else is a loud crack to it (G.722), or a wave that breaks off (Opus).
 *
 * <pre>
 * Shape   some 100 ms, as they were coded: for so long a decoder remembers
 * Thread  the media loop's
 * Source  issue 4, 3: no clicks at switches; ADR-0021
 * </pre>
 */
final class PassedOn {
    // Owned by the thread of the media loop.

    private static final int MOST = 5;

    /** 100 ms; packets may have 120 each, and a switch must not hold up the others. */
    private static final int ENOUGH = Wideband.RATE / 10;

    private final byte[] octets = new byte[1_600];
    private final int[] lengths = new int[MOST];
    private int packets;
    private int used;

    /** The next packet. */
    void add(byte[] packet, int count) {
        if (count > octets.length) {
            clear();
            return;
        }
        while (packets == MOST || used + count > octets.length) {
            used -= lengths[0];
            System.arraycopy(octets, lengths[0], octets, 0, used);
            packets--;
            System.arraycopy(lengths, 1, lengths, 0, packets);
        }
        System.arraycopy(packet, 0, octets, used, count);
        lengths[packets++] = count;
        used += count;
    }

    boolean any() {
        return packets > 0;
    }

    void clear() {
        packets = 0;
        used = 0;
    }

    /** Lets the coder go on after it, and forgets it; answers the last sample that was heard. */
    short handTo(Coder coder) {
        Wideband codec = coder.codec();
        int first = packets;
        int at = used;
        for (int samples = 0; first > 0 && samples < ENOUGH; samples += codec.samplesIn(octets, at, lengths[first])) {
            first--;
            at -= lengths[first];
        }
        short[] sound = new short[(packets - first) * Wideband.LONGEST];
        int count = 0;
        try (SoundDecoder decoder = codec.decoder()) {
            for (int i = first; i < packets; i++) {
                if (codec.samplesIn(octets, at, lengths[i]) > 0) {
                    count += decoder.decode(octets, at, lengths[i], sound, count);
                }
                at += lengths[i];
            }
        }
        clear();
        coder.goOnAfter(sound, Math.max(0, count - ENOUGH), count);
        return count == 0 ? 0 : sound[count - 1];
    }
}
