package teleapi.call.stream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import teleapi.call.Call;
import teleapi.call.Sid;
import teleapi.call.webhook.Webhooks;
import teleapi.media.Layer;
import teleapi.runtime.Counter;
import teleapi.runtime.World;

/**
 * The streams of all calls.
 *
 * <pre>
 * Thread  any, without waiting
 * </pre>
 */
public final class Streaming {
    final World world;
    final Sockets sockets;
    final Webhooks webhooks;
    private final Set<Sid> live = ConcurrentHashMap.newKeySet();
    private final Counter lost = new Counter();

    public Streaming(World world, Sockets sockets, Webhooks webhooks) {
        this.world = world;
        this.sockets = sockets;
        this.webhooks = webhooks;
    }

    /**
     * Begins to stream the sound of a call that has a media session. What comes of it is posted to the call.
     *
     * @param layer where a stream in both directions is heard
     * @param number what the media session knows it by
     */
    public MediaStream begin(Call call, StreamTerms terms, Layer layer, long number) {
        MediaStream stream = new MediaStream(this, call, terms, layer, number);
        live.add(terms.sid());
        world.start("stream " + terms.sid(), () -> {
            try {
                stream.run();
            } finally {
                live.remove(terms.sid());
            }
        });
        return stream;
    }

    void lost(long frames) {
        lost.add(frames);
    }

    /** How many are open, or being opened or closed. */
    public int live() {
        return live.size();
    }

    /** Frames of sound that servers were too slow for. */
    public long framesLost() {
        return lost.count();
    }
}
