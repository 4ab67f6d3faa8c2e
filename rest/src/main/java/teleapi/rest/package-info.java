/**
 * The HTTP API: a request becomes a value that cannot be wrong, then a command, and the answer a description that is rendered as XML or JSON.
 *
 * <p>{@code server} makes one {@link teleapi.rest.Api}. Below it, {@code http} (Jetty, routes, forms, credentials, rendering; knows nothing
 * of telephony) and {@code resource} (one class per resource). Start reading at {@link teleapi.rest.Api}, then
 * {@code resource.Modifying}, the walk of a modification. CONTRACT section 2; RFC 9110, 7617, 7240.
 */
@org.jspecify.annotations.NullMarked
package teleapi.rest;
