/** The simulated world. Start reading at {@code SimulatedWorld}. Made by {@code flows} and by tests; everyone else knows only {@link teleapi.runtime.World}. */
@org.jspecify.annotations.NullMarked
package teleapi.runtime.simulated;
