package teleapi.runtime.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import teleapi.runtime.DatagramPort;
import teleapi.runtime.DatagramReceiver;
import teleapi.runtime.Loop;
import teleapi.runtime.Stream;
import teleapi.runtime.StreamListener;
import teleapi.runtime.StreamReceiver;

/**
 * One thread and one selector. A turn is: tasks, some messages, timers that are due, then whatever sockets are ready, with a look at
 * the timers after each; it waits in the selector only when there is nothing of all that.
 *
 * <p>Posters wake the selector only when it really waits: the loop says so in {@code selecting}, then looks at its boxes a last time.
 */
final class RealLoop<M> implements Loop<M> {
    // Owner: its own thread; post, offer, attach, listen, connect and close come from any thread.
    private static final int MESSAGES_PER_TURN = 256;

    private static final int BUFFER = 1 << 16;

    private static final long NANOS_PER_MILLI = 1_000_000L;

    private static final long LONGEST_WAIT = 3_600_000L * NANOS_PER_MILLI;

    private final String name;
    private final int capacity;
    private final Census census;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final Inbox<M> messages = new Inbox<>();
    private final Inbox<Runnable> tasks = new Inbox<>();
    private final Timers timers = new Timers(this::checkOwner);
    private final AtomicBoolean selecting = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    private final Consumer<SelectionKey> onReady = this::ready;
    private final Consumer<Runnable> onDue = this::due;

    RealLoop(String name, int capacity, Census census) {
        if (capacity <= 0) {
            throw new IllegalArgumentException("capacity of loop " + name + " is " + capacity);
        }
        this.name = name;
        this.capacity = capacity;
        this.census = census;
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no selector for loop " + name, e);
        }
        census.loops.incrementAndGet();
    }

    @Override
    public void start(Consumer<M> handler) {
        Thread own = Thread.ofPlatform().daemon().name(name).unstarted(() -> run(handler));
        if (!thread.compareAndSet(null, own)) {
            throw new IllegalStateException("loop " + name + " was started or closed before");
        }
        own.start();
    }

    @Override
    public boolean offer(M message) {
        return add(message, capacity);
    }

    @Override
    public boolean post(M message) {
        return add(message, Inbox.NO_LIMIT);
    }

    @Override
    public boolean expedite(M message) {
        boolean accepted = post(message);
        Processor.giveWay();
        return accepted;
    }

    @Override
    public Timer timer(Runnable action) {
        return timers.timer(action);
    }

    @Override
    public void attach(DatagramPort port, DatagramReceiver receiver) {
        RealDatagramPort real = (RealDatagramPort) port;
        DatagramAttachment attachment = new DatagramAttachment(this, real, receiver);
        if (!here(() -> real.attach(attachment, selector))) {
            port.close();
        }
    }

    @Override
    public void listen(StreamListener listener, Function<Stream, StreamReceiver> onAccept) {
        RealStreamListener real = (RealStreamListener) listener;
        if (!here(() -> ListenerAttachment.attach(this, real, onAccept))) {
            listener.close();
        }
    }

    @Override
    public Stream connect(InetSocketAddress remote, StreamReceiver receiver) {
        // Never at once, also on our own thread: what goes wrong must be told after the caller has the stream.
        try {
            RealStream stream = RealStream.connecting(this, remote, receiver);
            if (!execute(stream::connect)) {
                stream.close();
            }
            return stream;
        } catch (IOException e) {
            failed("opening a stream to " + remote, e);
            UnopenedStream stream = new UnopenedStream(remote);
            execute(() -> receiver.closed(stream));
            return stream;
        }
    }

    @Override
    public void close() {
        messages.close();
        // A loop that never started has no thread that could end it.
        if (thread.compareAndSet(null, Thread.currentThread())) {
            end();
        } else {
            wake();
        }
    }

    @Override
    public String toString() {
        return "loop " + name;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    Selector selector() {
        return selector;
    }

    Census census() {
        return census;
    }

    void failed(String what, Throwable failure) {
        census.failed(name, what, failure);
    }

    /** Runs {@code task} on the loop's thread in its next turn; false if the loop has ended. Any thread. */
    boolean execute(Runnable task) {
        boolean accepted = tasks.add(task, Inbox.NO_LIMIT);
        wake();
        return accepted;
    }

    /** Ends the selector's wait, if it waits. Any thread. */
    void wake() {
        if (selecting.get() && selecting.compareAndSet(true, false)) {
            selector.wakeup();
        }
    }

    /** No longer watches {@code channel}. Any thread. */
    void forget(SelectableChannel channel) {
        SelectionKey key = channel.keyFor(selector);
        if (key != null) {
            key.cancel();
            wake();
        }
    }

    private boolean add(M message, long limit) {
        if (!messages.add(message, limit)) {
            return false;
        }
        wake();
        return true;
    }

    private boolean onOwnThread() {
        return thread.get() == Thread.currentThread();
    }

    private void checkOwner() {
        Thread owner = thread.get();
        if (owner != null && owner != Thread.currentThread()) {
            throw new IllegalStateException("timer of loop " + name + " touched by " + Thread.currentThread());
        }
    }

    private interface Registration {
        void run() throws IOException;
    }

    /** Now on the loop's own thread, else in its next turn; false if the loop has ended. */
    private boolean here(Registration registration) {
        Runnable task = () -> {
            try {
                registration.run();
            } catch (IOException e) {
                // The socket was closed before it came here.
            }
        };
        if (onOwnThread() && !ended.get()) {
            task.run();
            return true;
        }
        return execute(task);
    }

    private void run(Consumer<M> handler) {
        try {
            while (!messages.finished()) {
                turn(handler);
            }
        } catch (Throwable failure) {
            failed("loop", failure);
        } finally {
            messages.close();
            end();
        }
    }

    private void turn(Consumer<M> handler) {
        runTasks();
        for (int i = 0; i < MESSAGES_PER_TURN; i++) {
            M message = messages.poll();
            if (message == null) {
                break;
            }
            try {
                handler.accept(message);
            } catch (Throwable failure) {
                failed("handler of messages", failure);
            }
        }
        timers.run(System.nanoTime(), onDue);
        select();
    }

    private void select() {
        try {
            selecting.set(true);
            long wait = timers.untilFirst(System.nanoTime());
            if (wait == 0 || messages.closed() || !messages.isEmpty() || !tasks.isEmpty()) {
                selecting.set(false);
                selector.selectNow(onReady);
            } else if (wait == Long.MAX_VALUE) {
                selector.select(onReady);
            } else {
                // Rounded up: a timer is never early, and late by less than a millisecond.
                selector.select(onReady, Math.ceilDiv(Math.min(wait, LONGEST_WAIT), NANOS_PER_MILLI));
            }
        } catch (IOException | RuntimeException e) {
            failed("selector", e);
        } finally {
            selecting.set(false);
        }
    }

    private void ready(SelectionKey key) {
        if (selecting.get()) {
            selecting.set(false);
        }
        Attached attached = (Attached) Objects.requireNonNull(key.attachment());
        try {
            attached.ready();
        } catch (Throwable failure) {
            failed(attached.toString(), failure);
        }
        timers.run(System.nanoTime(), onDue);
    }

    private void due(Runnable action) {
        try {
            action.run();
        } catch (Throwable failure) {
            failed("timer", failure);
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            try {
                task.run();
            } catch (Throwable failure) {
                failed("task", failure);
            }
        }
    }

    private void end() {
        ended.set(true);
        tasks.close();
        runTasks();
        for (SelectionKey key : List.copyOf(selector.keys())) {
            if (key.attachment() instanceof Attached attached) {
                attached.end();
            }
        }
        try {
            selector.close();
        } catch (IOException e) {
            failed("closing", e);
        }
        census.loops.decrementAndGet();
    }
}
