package teleapi.call;

/**
 * Who decides when a prepared modification is carried out: the call that leads a move of both legs, or a request that changes several calls.
 *
 * <pre>
 * Thread  post: any
 * Source  ADR-0009, ADR-0010
 * </pre>
 */
public interface Leader {
    /** Tells it how far one of those that it leads has come; false when it is no more. */
    boolean post(CallEvent event);
}
