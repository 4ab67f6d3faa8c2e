package teleapi.media.codec;

/**
 * Codes the sound of one stream.
 *
 * <pre>
 * Shape   frames of 20 ms: 320 samples, signed 16-bit, mono, 16 kHz
 * Thread  whose it is
 * </pre>
 */
public interface SoundEncoder extends AutoCloseable {
    /** No frame has more octets. */
    int LARGEST = 640;

    /** Codes the frame that begins at {@code from}; answers the number of octets, 0 when it cannot be coded. */
    int encode(short[] samples, int from, byte[] octets, int at);

    /** Frees what it holds; it is not to be used any more. */
    @Override
    void close();
}
