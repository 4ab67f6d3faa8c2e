package teleapi.flows;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Keeps out of the log what an exploration does on purpose: whoever listens, or a request, that fails. Any other fault is logged.
 *
 * <pre>
 * Thread  any
 * </pre>
 */
public final class InjectedFaults extends Filter<ILoggingEvent> {
    private static final String MARK = "injected: ";

    static IllegalStateException of(String whom) {
        return new IllegalStateException(MARK + "a fault of " + whom);
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return event.getThrowableProxy() != null
                        && String.valueOf(event.getThrowableProxy().getMessage())
                                .startsWith(MARK)
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }
}
