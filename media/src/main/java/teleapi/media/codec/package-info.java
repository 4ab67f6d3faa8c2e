/**
 * The encodings of sound on the wire. Pure arithmetic on arrays, no state, no allocation.
 *
 * <p>Called by the other packages of {@code media}. ITU-T G.711, RFC 3551. Start reading at {@link teleapi.media.codec.Codec}, then
 * {@link teleapi.media.codec.G711}.
 */
@org.jspecify.annotations.NullMarked
package teleapi.media.codec;
