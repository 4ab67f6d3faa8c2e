/**
 * INVITE dialogs (RFC 3261 §12 to §15, RFC 3311, RFC 4028, RFC 6026): who called, who answered, what is being renegotiated, and how it ends.
 *
 * <p>Three pure machines ({@link teleapi.sip.dialog.Caller}, {@link teleapi.sip.dialog.Callee}, {@link teleapi.sip.dialog.Renegotiation})
 * and the dialogs that run them on a SIP worker. Called by {@code teleapi.sip} on the worker's thread. Start reading at the machines.
 */
@org.jspecify.annotations.NullMarked
package teleapi.sip.dialog;
