package teleapi.media.codec;

/** What the first octets of an Opus packet say. RFC 6716 §3.1, §3.2. */
final class OpusPacket {
    /** §3.2.5: 120 ms. */
    private static final int LONGEST = 5_760;

    private OpusPacket() {}

    /** How long its sound is; 0: it is none. */
    static int samplesAt48k(byte[] octets, int from, int count) {
        if (count == 0) {
            return 0;
        }
        int first = octets[from] & 0xff;
        int configuration = first >> 3;
        int frame;
        if (configuration < 12) {
            frame = (configuration & 3) == 3 ? 2_880 : 480 << (configuration & 3);
        } else if (configuration < 16) {
            frame = 480 << (configuration & 1);
        } else {
            frame = 120 << (configuration & 3);
        }
        int frames = switch (first & 3) {
            case 0 -> 1;
            case 1, 2 -> 2;
            default -> count < 2 ? 0 : octets[from + 1] & 0x3f;
        };
        return frame * frames <= LONGEST ? frame * frames : 0;
    }
}
