package teleapi.call.webhook;

/**
 * Requests to servers that are not ours.
 *
 * <pre>
 * Shape   at most {@link HttpAsk#maxBytes} of body, 5 redirects, 15 s in all
 * Thread  may wait: only in work started with World.start
 * Errors  none thrown: {@link HttpReply.Failed} says what, of what, why
 * Source  CONTRACT section 4; reference/reliability.md A4
 * </pre>
 */
@FunctionalInterface
public interface Http {
    HttpReply send(HttpAsk ask);
}
