/**
 * What teleapi gets from the outside: time, randomness, threads, mailboxes and sockets, each real and simulated.
 *
 * <p>Nothing outside this module may read a clock, draw a random number, start a thread, wait, or open a SIP or RTP socket.
 * Called by every module; knows none. Start reading at {@link teleapi.runtime.World}, then {@link teleapi.runtime.Mailbox}
 * and {@link teleapi.runtime.Loop}. Source: ADR-0001, ADR-0002.
 */
@org.jspecify.annotations.NullMarked
package teleapi.runtime;
