/**
 * The command {@code trace}: what happened in a call and those connected to it, drawn as a ladder. It knows only the HTTP API; start
 * reading at {@link teleapi.lab.trace.TraceCommand}. ADR-0013.
 */
@org.jspecify.annotations.NullMarked
package teleapi.lab.trace;
