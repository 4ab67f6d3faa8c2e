package teleapi.call.records;

/**
 * Takes what the listeners of an account should know.
 *
 * <pre>
 * Thread  any, never waits
 * Source  ADR-0013
 * </pre>
 */
@FunctionalInterface
public interface EventLog {
    void post(AccountEvent event);
}
