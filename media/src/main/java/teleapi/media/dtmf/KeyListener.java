package teleapi.media.dtmf;

/** Is told of each press once. */
@FunctionalInterface
public interface KeyListener {
    void pressed(Key key);
}
