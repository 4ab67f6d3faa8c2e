package teleapi.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A list that many append to and everyone may read, without waiting for each other: a chain of immutable links.
 *
 * <pre>
 * Shape   the newest {@code capacity} elements, numbered from 1 without gaps; up to twice as many are held, so that forgetting is one step
 * Thread  any
 * </pre>
 */
public final class Trail<E> {
    private record Link<E>(E element, @Nullable Link<E> before) {}

    /** {@code recent} has {@code length} links; when it is full it becomes the old one, and the old one is forgotten. */
    private record Chains<E>(
            long last,
            int length,
            @Nullable Link<E> recent,
            @Nullable Link<E> old) {}

    private final int capacity;
    private final AtomicReference<Chains<E>> chains = new AtomicReference<>(new Chains<>(0, 0, null, null));

    public Trail(int capacity) {
        this.capacity = capacity;
    }

    /** Appends what {@code element} makes of its number; asked again when another one was first. */
    public void add(LongFunction<E> element) {
        while (true) {
            Chains<E> before = chains.get();
            boolean full = before.length() == capacity;
            long number = before.last() + 1;
            var link = new Link<>(element.apply(number), full ? null : before.recent());
            var after =
                    new Chains<>(number, full ? 1 : before.length() + 1, link, full ? before.recent() : before.old());
            if (chains.compareAndSet(before, after)) {
                return;
            }
        }
    }

    /** The newest, oldest first. */
    public List<E> list() {
        Chains<E> now = chains.get();
        var newestFirst = new ArrayList<E>();
        collect(now.recent(), newestFirst);
        collect(now.old(), newestFirst);
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    private void collect(@Nullable Link<E> from, List<E> into) {
        for (Link<E> link = from; link != null && into.size() < capacity; link = link.before()) {
            into.add(link.element());
        }
    }

    /** The number of the newest; 0 when there is none. */
    public long last() {
        return chains.get().last();
    }
}
