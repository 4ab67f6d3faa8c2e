package teleapi.media.codec;

/**
 * Understands the sound of one stream, packet after packet.
 *
 * <pre>
 * Shape   signed 16-bit, mono, 16 kHz
 * Thread  whose it is
 * Errors  what cannot be understood gives no samples; the stream goes on with the next packet
 * </pre>
 */
public interface SoundDecoder extends AutoCloseable {
    /** Answers the number of samples, at most {@link Wideband#LONGEST}. */
    int decode(byte[] octets, int from, int count, short[] samples, int at);

    /**
     * Makes up for packets that are lost before the one given, from what it says of them, if it says anything, and from what was heard.
     * To be called before that one is decoded.
     *
     * @param wanted so many samples
     * @return so many have been made; 0: this codec has no way of its own
     */
    int conceal(byte[] octets, int from, int count, short[] samples, int at, int wanted);

    /** Frees what it holds; it is not to be used any more. */
    @Override
    void close();
}
