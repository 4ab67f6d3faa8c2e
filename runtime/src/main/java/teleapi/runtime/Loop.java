package teleapi.runtime;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An owner that never waits inside its work: one thread that handles messages, datagrams, stream bytes and timers, each to its end.
 * SIP workers and media loops are loops.
 *
 * <pre>
 * Shape   messages in order of posting; datagrams and messages share the thread, never a queue
 * Thread  post, offer, close: any. Everything else: before start, or on the loop's own thread
 * Errors  an exception that leaves a handler, receiver or timer is logged and counted; the loop goes on
 * Source  ADR-0002; STYLE "Concurrency"
 * </pre>
 */
public interface Loop<M> {
    /** Starts the thread. */
    void start(Consumer<M> handler);

    /** For requests: refused (false) when the queue is full or the loop is closed. */
    boolean offer(M message);

    /** For what is bounded where it arises: refused (false) only when the loop is closed. */
    boolean post(M message);

    /** Like {@link #post}; on an only processor the loop handles it before the poster goes on, for a far end waits for it (ADR-0025). */
    default boolean expedite(M message) {
        return post(message);
    }

    /** A timer that can be set again and again without allocating; {@code action} runs on the loop's thread. */
    Timer timer(Runnable action);

    /** Hands the datagrams of {@code port} to {@code receiver} from now on. Closing the port ends that. */
    void attach(DatagramPort port, DatagramReceiver receiver);

    /** Accepts streams; {@code onAccept} gives each its receiver. Closing the listener ends that, not the streams. */
    void listen(StreamListener listener, Function<Stream, StreamReceiver> onAccept);

    /** Opens a stream without waiting; bytes sent before it is open are kept (bounded). A failure is told by {@link StreamReceiver#closed}. */
    Stream connect(java.net.InetSocketAddress remote, StreamReceiver receiver);

    /** Ends the thread after what was accepted has been handled; closes attached ports, listeners and streams. */
    void close();

    /** One shot, set as often as wanted. Loop thread only. */
    interface Timer {
        /** Runs the action at {@code nanos} on the scale of {@link Time#nanos}, at once if that has passed; replaces an earlier setting. */
        void at(long nanos);

        void cancel();

        boolean pending();
    }
}
