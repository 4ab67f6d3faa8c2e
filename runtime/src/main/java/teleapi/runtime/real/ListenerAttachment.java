package teleapi.runtime.real;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.Function;
import teleapi.runtime.Loop;
import teleapi.runtime.Stream;
import teleapi.runtime.StreamReceiver;

/** A listener's place on a loop. */
final class ListenerAttachment implements Attached {
    // Owner: the loop's thread.
    private static final int PER_TURN = 64;

    /** How long not to accept after the system refused (most likely: no file descriptors left), instead of spinning on the refusal. */
    private static final long PAUSE_NANOS = 100_000_000L;

    private final RealLoop<?> loop;
    private final RealStreamListener listener;
    private final Function<Stream, StreamReceiver> onAccept;
    private final SelectionKey key;
    private final Loop.Timer resume;

    private ListenerAttachment(
            RealLoop<?> loop,
            RealStreamListener listener,
            Function<Stream, StreamReceiver> onAccept,
            SelectionKey key) {
        this.loop = loop;
        this.listener = listener;
        this.onAccept = onAccept;
        this.key = key;
        this.resume = loop.timer(this::resume);
    }

    /** Loop thread. */
    static void attach(RealLoop<?> loop, RealStreamListener listener, Function<Stream, StreamReceiver> onAccept)
            throws IOException {
        listener.on(loop);
        SelectionKey key = listener.channel().register(loop.selector(), SelectionKey.OP_ACCEPT);
        key.attach(new ListenerAttachment(loop, listener, onAccept, key));
    }

    @Override
    public void ready() {
        try {
            for (int i = 0; i < PER_TURN; i++) {
                SocketChannel channel = listener.channel().accept();
                if (channel == null) {
                    return;
                }
                RealStream.accepted(loop, channel, onAccept);
            }
        } catch (ClosedChannelException e) {
            resume.cancel();
        } catch (IOException e) {
            loop.failed("accepting on " + listener, e);
            if (key.isValid()) {
                key.interestOps(0);
                resume.at(System.nanoTime() + PAUSE_NANOS);
            }
        }
    }

    @Override
    public void end() {
        listener.close();
    }

    private void resume() {
        if (key.isValid()) {
            key.interestOps(SelectionKey.OP_ACCEPT);
        }
    }
}
