package teleapi.media.sdp;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import teleapi.media.codec.Codec;

/**
 * What two sides agreed on: all that the RTP side has to know.
 *
 * @param rtp where our packets go; empty when the far end gave no address ({@code c=0.0.0.0}), and then nothing is sent
 * @param rtcp where our reports go; the same as {@code rtp} with rtcp-mux
 * @param rtcpMux both go over one port, in both directions (RFC 5761)
 * @param sends the codec of our packets, under the far end's number
 * @param receives what the far end may send, under our numbers; the first is what it likes best
 * @param sendsEvents the number under which the far end takes telephone-event; empty: it takes none
 * @param receivesEvents the number under which we get telephone-event
 * @param eventRate the clock of telephone-event, that of the sound unless the far end knows no other
 * @param direction seen from us
 * @param onHold the far end does not want to hear us
 * @param ptime milliseconds of sound in a packet that the far end would like
 */
public record AudioStream(
        Optional<InetSocketAddress> rtp,
        Optional<InetSocketAddress> rtcp,
        boolean rtcpMux,
        PayloadType sends,
        List<PayloadType> receives,
        OptionalInt sendsEvents,
        OptionalInt receivesEvents,
        int eventRate,
        Direction direction,
        boolean onHold,
        int ptime) {
    public AudioStream {
        receives = List.copyOf(receives);
    }

    public Codec codec() {
        return sends.codec();
    }
}
