/**
 * The sound of calls over WebSockets, in the messages that voice bots of this family speak. Scripts begin and stop a {@code MediaStream}; what becomes
 * of it comes back to the call as an event. Source: reference/peers.md 2.5; ADR-0020; docs/api/streams.md. Start reading at {@code MediaStream}.
 */
@org.jspecify.annotations.NullMarked
package teleapi.call.stream;
