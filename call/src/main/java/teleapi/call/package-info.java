/**
 * The heart: calls, their legs, scripts, bridges and conferences.
 *
 * <p>{@code rest} and {@code server} use {@link teleapi.call.Switchboard}; {@code store} fulfils the interfaces in {@code records} and
 * {@code directory}. Start reading at {@link teleapi.call.Switchboard}, then {@link teleapi.call.Call}, then {@code script.Script}.
 * CONTRACT sections 2 to 4; ADR-0001.
 */
@org.jspecify.annotations.NullMarked
package teleapi.call;
