/**
 * The program: command line, configuration, wiring, shutdown. Knows everything; known by nobody but {@code lab}.
 *
 * <p>Start reading at {@link teleapi.server.Main} (commands) or {@link teleapi.server.Teleapi} (how the parts are put together; also for use
 * inside another program, as the demo does). CONTRACT sections 1 and 5.
 */
@org.jspecify.annotations.NullMarked
package teleapi.server;
