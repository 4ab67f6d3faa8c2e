package teleapi.media.mix;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import teleapi.media.MediaEvent;

/** Who wants to know of the next packet that goes to a peer. */
final class Watches {
    // Owned by the thread of the media loop.

    /** What a call waits for, it asks for one after the other; those that were never told are old. */
    private static final int MOST = 16;

    private final Consumer<MediaEvent> told;
    private final Deque<Long> requests = new ArrayDeque<>();

    Watches(Consumer<MediaEvent> told) {
        this.told = told;
    }

    void add(long request) {
        if (requests.size() == MOST) {
            requests.remove();
        }
        requests.add(request);
    }

    /** It has gone. */
    void tell() {
        while (!requests.isEmpty()) {
            told.accept(new MediaEvent.FirstPacket(requests.remove()));
        }
    }
}
