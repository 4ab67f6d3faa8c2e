/**
 * Makes sounds of files and of nothing: WAV, other rates to 8 kHz, ringing tones, wait music. Pure functions on arrays.
 *
 * <p>Called by {@link teleapi.media.Sound}. Files come from strangers: bounded, and refused with the reason. RFC 2361 (WAVE formats), ITU-T
 * E.180 (ringing tones). Start reading at {@link teleapi.media.sound.WavFile}.
 */
@org.jspecify.annotations.NullMarked
package teleapi.media.sound;
