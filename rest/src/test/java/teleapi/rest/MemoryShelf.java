package teleapi.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import teleapi.call.Sid;
import teleapi.call.directory.Kept;
import teleapi.call.directory.Shelf;

/** A shelf without a database. */
final class MemoryShelf<T> implements Shelf<T> {
    private final ConcurrentSkipListMap<Sid, T> things = new ConcurrentSkipListMap<>();
    private final Function<T, Sid> sid;
    private final Function<T, String> key;
    private final BiPredicate<T, Sid> visible;

    MemoryShelf(Function<T, Sid> sid, Function<T, String> key, BiPredicate<T, Sid> visible) {
        this.sid = sid;
        this.key = key;
        this.visible = visible;
    }

    List<T> all() {
        return new ArrayList<>(things.values());
    }

    Optional<T> get(Sid wanted) {
        return Optional.ofNullable(things.get(wanted));
    }

    @Override
    public Kept<T> add(T thing) {
        boolean taken =
                things.values().stream().anyMatch(there -> key.apply(there).equals(key.apply(thing)));
        if (taken) {
            return new Kept.Conflict<>("Key", key.apply(thing));
        }
        things.put(sid.apply(thing), thing);
        return new Kept.Done<>(thing);
    }

    @Override
    public Optional<T> find(Sid account, Sid wanted) {
        return get(wanted).filter(thing -> visible.test(thing, account));
    }

    @Override
    public List<T> list(Sid account) {
        return all().stream().filter(thing -> visible.test(thing, account)).toList();
    }

    @Override
    public Kept<T> change(Sid account, Sid wanted, UnaryOperator<T> change) {
        Optional<T> old = find(account, wanted);
        if (old.isEmpty()) {
            return new Kept.Missing<>();
        }
        T changed = change.apply(old.get());
        things.put(wanted, changed);
        return new Kept.Done<>(changed);
    }

    @Override
    public boolean remove(Sid account, Sid wanted) {
        return find(account, wanted).isPresent() && things.remove(wanted) != null;
    }
}
