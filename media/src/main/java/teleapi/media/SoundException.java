package teleapi.media;

/** The bytes are no sound we can play; the message says why. */
public final class SoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SoundException(String reason) {
        super(reason);
    }
}
