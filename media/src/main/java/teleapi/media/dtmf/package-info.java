/**
 * Keys and tones: making and hearing the sound of keys, telephone-event packets, and a meter that tells which tone is heard.
 *
 * <p>Called by the media loops, each object by one of them; the meter also by tests, the lab and the phone. ITU-T Q.23 and Q.24, RFC 4733.
 * Start reading at {@link teleapi.media.dtmf.Key}.
 */
@org.jspecify.annotations.NullMarked
package teleapi.media.dtmf;
