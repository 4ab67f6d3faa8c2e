/**
 * Carries, mixes, makes and understands sound; speaks SDP.
 *
 * <p>This package is the module's face: {@code call} uses {@link teleapi.media.MediaEngine}, {@link teleapi.media.MediaSession} and
 * {@link teleapi.media.Room}, and is told through {@link teleapi.media.MediaListener}. Below it, a package per concern: sdp, rtp, codec, dtmf,
 * mix, sound, speech. Start reading at {@link teleapi.media.MediaEngine}. RFC 3264, 3550, 3551, 4733, 8866.
 */
@org.jspecify.annotations.NullMarked
package teleapi.media;
