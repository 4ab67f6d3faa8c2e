/**
 * From bytes to an {@link teleapi.rest.http.Ask}, and from a {@link teleapi.rest.http.Reply} to bytes; knows nothing of telephony.
 *
 * <p>Called by {@code rest} and {@code rest.resource}. Everything is bounded and checked here, and every answer, Jetty's own errors included, is
 * in the format that was asked for. Start reading at {@link teleapi.rest.http.Front}. RFC 9110, 7617, 6585; the WHATWG URL standard for forms.
 */
@org.jspecify.annotations.NullMarked
package teleapi.rest.http;
