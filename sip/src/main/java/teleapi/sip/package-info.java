/**
 * Speaks SIP (RFC 3261 and kin); carries SDP as opaque bytes.
 *
 * <p>This package is the module's face: {@code call} uses {@link teleapi.sip.UserAgent} and {@link teleapi.sip.Dialog} and is told of what
 * happens through {@link teleapi.sip.Door} and {@link teleapi.sip.DialogListener}. Below it, a package per layer: message, transport,
 * transaction, dialog, registrar, auth. Start reading at {@link teleapi.sip.UserAgent}.
 */
@org.jspecify.annotations.NullMarked
package teleapi.sip;
