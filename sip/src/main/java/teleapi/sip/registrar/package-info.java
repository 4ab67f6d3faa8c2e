/**
 * Registration (RFC 3261 §10, §22): the registrar's bindings, and the client that keeps itself registered.
 *
 * <p>{@link teleapi.sip.registrar.Registering} is pure; {@link teleapi.sip.registrar.Registrar} keeps what it decides.
 * Called by {@code teleapi.sip} on its first worker. Start reading at {@link teleapi.sip.registrar.Registering}.
 */
@org.jspecify.annotations.NullMarked
package teleapi.sip.registrar;
