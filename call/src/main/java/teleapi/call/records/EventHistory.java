package teleapi.call.records;

import java.util.List;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.runtime.Mailbox;

/**
 * The events of an account, numbered in the order in which they were kept; the newest 10,000.
 *
 * <pre>
 * Shape   what can be read here is committed: nobody is shown an event that a crash could take back, or give another number
 * Thread  any that may wait; listen and forget never do
 * Errors  RecordsUnavailable
 * Source  ADR-0013
 * </pre>
 */
public interface EventHistory {
    /**
     * What is kept.
     *
     * @param last 0 when there has never been one
     */
    record Span(long first, long last) {}

    Span span(Sid account) throws RecordsUnavailable;

    /** The next ones after a number, in their order. */
    List<AccountEvent> after(Sid account, long number, int most) throws RecordsUnavailable;

    /** Newest first. */
    Page<AccountEvent> list(Sid account, Optional<AccountEvent.Topic> topic, Optional<Sid> call, int page, int size)
            throws RecordsUnavailable;

    /** Puts something into the box whenever there is more; one that lies there already is enough. */
    void listen(Sid account, Mailbox<Boolean> news);

    void forget(Sid account, Mailbox<Boolean> news);
}
