/** Meeting places of more than two calls. Used by {@code script} and the Switchboard. Start reading at {@link teleapi.call.bridge.Conference}. RFC 4353. */
@org.jspecify.annotations.NullMarked
package teleapi.call.bridge;
