package teleapi.media;

/** How the two directions of a recording are kept. */
public enum Tracks {
    /** Both summed into one channel. */
    MONO(1),
    /** Two channels: first what the party says, second what it hears. */
    DUAL(2),
    /** What the party says alone. */
    SAID(1),
    /** What it hears alone. */
    HEARD(1);

    private final int channels;

    Tracks(int channels) {
        this.channels = channels;
    }

    public int channels() {
        return channels;
    }
}
