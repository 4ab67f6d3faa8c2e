/**
 * The encodings of sound on the wire. Arithmetic on arrays without allocation; Opus alone is somebody else's.
 *
 * <p>Called by the other packages of {@code media}. ITU-T G.711, G.722, RFC 3551, 6716, 7587. Start reading at {@link
 * teleapi.media.codec.Codec}, then {@link teleapi.media.codec.G711} and {@link teleapi.media.codec.Wideband}.
 */
@org.jspecify.annotations.NullMarked
package teleapi.media.codec;
