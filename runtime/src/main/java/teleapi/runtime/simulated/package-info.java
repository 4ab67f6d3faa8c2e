/**
 * The simulated world: one thread at a time, a seed decides every choice, time jumps.
 *
 * <p>Made by {@code flows} and by tests, who drive it with {@code run…} and look at it between runs; everyone else knows only
 * {@link teleapi.runtime.World}. Start reading at {@code SimulatedWorld}, then {@code Scheduler}: who holds the baton runs, and whoever
 * gives it up chooses the next. Source: ADR-0002.
 */
@org.jspecify.annotations.NullMarked
package teleapi.runtime.simulated;
