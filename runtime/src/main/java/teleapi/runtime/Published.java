package teleapi.runtime;

/**
 * A value that one owner writes and everyone may read.
 *
 * <pre>
 * Shape   the value is immutable
 * Thread  set: the owner's. get: any; sees the latest set
 * </pre>
 */
public final class Published<T> {
    private volatile T value;

    public Published(T first) {
        value = first;
    }

    public void set(T next) {
        value = next;
    }

    public T get() {
        return value;
    }
}
