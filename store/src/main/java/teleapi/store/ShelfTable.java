package teleapi.store;

import java.util.Optional;
import teleapi.call.Sid;

/** A table of what accounts have. */
interface ShelfTable<T> extends Table<T> {
    Sid sid(T thing);

    /** Whether {@code account} may see and change it. */
    boolean visible(T thing, Sid account);

    /** What no two of them may have in common, over all accounts. */
    default Optional<String> key(T thing) {
        return Optional.empty();
    }

    /** The key's name as the API says it. */
    default String keyName() {
        return "Sid";
    }
}
