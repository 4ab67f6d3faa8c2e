/**
 * The real world: the JDK's clock, chance, threads and sockets.
 *
 * <p>Made by {@code server} and by tests; everyone else knows only {@link teleapi.runtime.World}. Start reading at
 * {@link teleapi.runtime.real.RealWorld}, then {@code RealLoop} (one turn of a loop) and {@code Inbox} (the queue under mailboxes
 * and loops).
 */
@org.jspecify.annotations.NullMarked
package teleapi.runtime.real;
