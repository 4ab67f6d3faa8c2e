/**
 * Packets, and what one stream of them needs: order, time, loss, source, reports. Pure state, no sockets, no clock.
 *
 * <p>Called by {@code teleapi.media.mix} alone, on the media loop's thread. RFC 3550, 3551, 4733, 5761. Start reading at
 * {@link teleapi.media.rtp.RtpPacket}, then {@link teleapi.media.rtp.SourceLatch} and {@link teleapi.media.rtp.Outgoing}.
 */
@org.jspecify.annotations.NullMarked
package teleapi.media.rtp;
