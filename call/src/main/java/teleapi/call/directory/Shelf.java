package teleapi.call.directory;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import teleapi.call.Sid;

/**
 * One kind of thing that accounts have. Every look-up names the account: another account's thing is as unknown as one that was never made.
 *
 * <pre>
 * Shape   lists are oldest first
 * Thread  find and list: any, from memory. add, change and remove may wait
 * Errors  RecordsUnavailable when the database does not answer; nothing has changed then
 * </pre>
 */
public interface Shelf<T> {
    Kept<T> add(T thing);

    Optional<T> find(Sid account, Sid sid);

    List<T> list(Sid account);

    /** Applies {@code change} to what is there at that moment; the sid and the account stay what they are. */
    Kept<T> change(Sid account, Sid sid, UnaryOperator<T> change);

    /** False when there was none. */
    boolean remove(Sid account, Sid sid);
}
