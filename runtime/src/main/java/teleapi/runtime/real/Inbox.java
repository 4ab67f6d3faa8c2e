package teleapi.runtime.real;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The queue under mailboxes and loops: many add, one takes, nobody waits for anybody.
 *
 * <p>Posters push onto a linked stack with one compare-and-set, which is also what decides the order, the number of the message and
 * whether the box is closed: a message is either accepted and taken, or refused, never lost between. The taker walks the stack back
 * to what it has seen, turns the links round and has a list, oldest first. The newest node stays as the next one's foot, so numbers
 * go on and {@code number - taken} is what waits.
 *
 * <pre>
 * Thread  add, close, closed: any. poll, isEmpty, finished: the taker's
 * </pre>
 */
final class Inbox<M> {
    // Posters own `newest`; everything below it belongs to the taker.
    static final long NO_LIMIT = Long.MAX_VALUE;

    private static final long CLOSED = -1;

    private static final class Node<M> {
        @Nullable
        M message;

        /** Towards older nodes while on the stack, towards newer ones in the taker's list. */
        @Nullable
        Node<M> link;

        long number;
    }

    private final AtomicReference<Node<M>> newest;
    private final AtomicLong taken = new AtomicLong();

    private Node<M> seen;
    private @Nullable Node<M> next;

    Inbox() {
        seen = new Node<>();
        newest = new AtomicReference<>(seen);
    }

    /** False, and nothing has happened, if the box is closed or {@code limit} messages are waiting. */
    boolean add(M message, long limit) {
        Node<M> node = new Node<>();
        node.message = message;
        while (true) {
            Node<M> last = newest.get();
            if (last.number == CLOSED || last.number - taken.get() >= limit) {
                return false;
            }
            node.link = last;
            node.number = last.number + 1;
            if (newest.compareAndSet(last, node)) {
                return true;
            }
        }
    }

    @Nullable
    M poll() {
        Node<M> node = next == null ? refill() : next;
        if (node == null) {
            return null;
        }
        next = node.link;
        node.link = null;
        M message = node.message;
        node.message = null;
        taken.lazySet(node.number);
        return message;
    }

    boolean isEmpty() {
        return next == null && lastMessage() == seen;
    }

    /** Refuses from now on; what is inside can still be taken. */
    void close() {
        Node<M> mark = new Node<>();
        mark.number = CLOSED;
        while (true) {
            Node<M> last = newest.get();
            if (last.number == CLOSED) {
                return;
            }
            mark.link = last;
            if (newest.compareAndSet(last, mark)) {
                return;
            }
        }
    }

    boolean closed() {
        return newest.get().number == CLOSED;
    }

    /** Closed, and the last message has been taken. */
    boolean finished() {
        return closed() && isEmpty();
    }

    private Node<M> lastMessage() {
        Node<M> last = newest.get();
        return last.number == CLOSED ? Objects.requireNonNull(last.link) : last;
    }

    private @Nullable Node<M> refill() {
        Node<M> last = lastMessage();
        Node<M> newer = null;
        Node<M> node = last;
        while (node != seen) {
            Node<M> older = Objects.requireNonNull(node.link);
            node.link = newer;
            newer = node;
            node = older;
        }
        seen = last;
        return newer;
    }
}
