package teleapi.media;

/** Is told what happens in a session, in order, on its media loop: post it on, do not wait. */
@FunctionalInterface
public interface MediaListener {
    void happened(MediaEvent event);
}
