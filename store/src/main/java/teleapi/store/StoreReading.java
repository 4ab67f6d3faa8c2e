package teleapi.store;

import java.util.Optional;

/**
 * A reading for /health and /metrics.
 *
 * @param waiting records written and not kept yet
 * @param lost records that could not be kept, since the start
 * @param trouble why the store is not well; empty when it is
 */
public record StoreReading(int waiting, long lost, Optional<String> trouble) {}
