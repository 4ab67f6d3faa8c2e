/**
 * Session descriptions: reading, writing, and agreeing on one audio stream. Pure functions on immutable records.
 *
 * <p>Called by the media sessions, on the thread of their owner. What arrives is hostile: bounded, read in one pass, never an exception.
 * RFC 8866 (SDP), 3264 (offer/answer), 3605 (rtcp), 5761 (rtcp-mux), 4733 (telephone-event). Start reading at
 * {@link teleapi.media.sdp.OfferAnswer}.
 */
@org.jspecify.annotations.NullMarked
package teleapi.media.sdp;
