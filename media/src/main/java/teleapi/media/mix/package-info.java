/**
 * Who hears what: the media loop and everything it owns.
 *
 * <p>Called by {@link teleapi.media.MediaEngine} alone; the rest of the house sees {@code teleapi.media}. A session's face is
 * {@link teleapi.media.mix.OpenSession} and {@link teleapi.media.mix.OpenRoom} on the callers' threads; behind the messages, on the loop's thread, are the
 * party (who is joined to whom), its ear (what is made for it to hear), its wire (RTP), its recordings and the mixer (a room). RFC 3264, 3550, 4733;
 * ADR-0005, ADR-0011. Start reading at {@link teleapi.media.mix.MediaLoop}, then Party.
 */
@org.jspecify.annotations.NullMarked
package teleapi.media.mix;
