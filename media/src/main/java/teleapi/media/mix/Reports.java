package teleapi.media.mix;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import teleapi.media.Quality;
import teleapi.media.rtp.FarReports;
import teleapi.media.rtp.Outgoing;
import teleapi.media.rtp.Reception;
import teleapi.media.rtp.ReportBlock;
import teleapi.media.rtp.RtcpPacket;
import teleapi.media.rtp.RtcpReader;
import teleapi.media.rtp.RtcpWriter;
import teleapi.media.sdp.AudioStream;
import teleapi.runtime.Loop;
import teleapi.runtime.World;

/**
 * The control packets of a party.
 *
 * <pre>
 * Thread  the media loop's
 * Source  RFC 3550 §6.2 (every 5 s, the first after half of that; spread from half to one and a half), §6.3.7 (goodbye), §6.4; RFC 7022
 *         §4.2
 * </pre>
 */
final class Reports {
    // Owned by the thread of the media loop.

    private static final long LEAST_NANOS = 2_500_000_000L;
    private static final int SPREAD_MILLIS = 5000;
    private static final double USUAL_PER_MILLI = 8;

    private final World world;
    private final Scratch scratch;
    private final Wire wire;
    private final Loop.Timer timer;
    private final String name;
    private final FarReports far = new FarReports();

    private Optional<InetSocketAddress> declared = Optional.empty();
    private boolean mux;
    private @Nullable InetSocketAddress heardFrom;
    private long packetsAtReport;
    private int lastSenderReport;
    private long senderReportAt;

    Reports(MediaLoop loop, Wire wire) {
        this.world = loop.world();
        this.scratch = loop.scratch();
        this.wire = wire;
        this.timer = loop.timer(this::report);
        this.name = Long.toUnsignedString(world.random().nextLong(), 36);
    }

    /** What both sides have counted; {@code unitsPerMilli} of the clock of {@code codec}, in which the far end reports. */
    Quality quality(String codec, double unitsPerMilli) {
        Reception came = wire.reception();
        return new Quality(
                codec,
                wire.outgoing().packets(),
                came.allReceived(),
                came.allLost(),
                came.late(),
                came.duplicates(),
                came.excess(),
                came.meanJitter() / USUAL_PER_MILLI,
                came.mostJitter() / USUAL_PER_MILLI,
                far.meanRoundTrip(),
                far.mostRoundTrip(),
                far.any()
                        ? Optional.of(new Quality.FarEnd(
                                far.loss(), far.meanJitter() / unitsPerMilli, far.mostJitter() / unitsPerMilli))
                        : Optional.empty());
    }

    void negotiated(AudioStream stream) {
        declared = stream.rtcp();
        mux = stream.rtcpMux();
        if (!timer.pending()) {
            again(2);
        }
    }

    private void again(int part) {
        timer.at(world.time().nanos() + (LEAST_NANOS + world.random().below(SPREAD_MILLIS) * 1_000_000L) / part);
    }

    private void report() {
        send(false);
        again(1);
    }

    private void send(boolean goodbye) {
        Outgoing outgoing = wire.outgoing();
        Optional<InetSocketAddress> target = target();
        if (target.isEmpty() || (outgoing.packets() == 0 && !wire.reception().begun())) {
            return;
        }
        long now = world.time().nanos();
        boolean spoke = outgoing.packets() != packetsAtReport;
        packetsAtReport = outgoing.packets();
        Optional<RtcpWriter.SenderTime> sent = spoke
                ? Optional.of(new RtcpWriter.SenderTime(
                        world.time().now(), outgoing.timestampAt(now), (int) outgoing.packets(), (int)
                                outgoing.octets()))
                : Optional.empty();
        sent.ifPresent(report -> far.sent(report.ntpMiddle(), now));
        RtcpWriter.report(scratch.out, outgoing.ssrc(), name, sent, block(now), goodbye);
        wire.sendControl(scratch.out, target.get());
        scratch.out.clear();
    }

    private Optional<ReportBlock> block(long now) {
        if (!wire.reception().begun()) {
            return Optional.empty();
        }
        // In 1/65536 s; too long ago to say after 18 hours.
        long delay =
                lastSenderReport == 0 ? 0 : Math.min((now - senderReportAt) / 1000 * 65_536 / 1_000_000, 0xffff_ffffL);
        return Optional.of(wire.reception().report(lastSenderReport, (int) delay));
    }

    /** The address of the SDP; when sound goes elsewhere, where control packets were heard from; never a guess (reliability M1). */
    private Optional<InetSocketAddress> target() {
        if (wire.latch().target().isEmpty()) {
            return Optional.empty();
        }
        if (mux) {
            return wire.latch().target();
        }
        return wire.latch().sendsAsDeclared() ? declared : Optional.ofNullable(heardFrom);
    }

    /** False for what is no RTCP. */
    boolean received(ByteBuffer datagram, InetSocketAddress from) {
        List<RtcpPacket> packets = RtcpReader.read(datagram);
        for (RtcpPacket packet : packets) {
            switch (packet) {
                case RtcpPacket.SenderReport report -> {
                    // Of the stream we hear; another's time would be answered as if it were that one's.
                    if (wire.reception().begun()
                            && report.ssrc() == wire.reception().ssrc()) {
                        lastSenderReport = report.ntpMiddle();
                        senderReportAt = world.time().nanos();
                    }
                    take(report.blocks());
                }
                case RtcpPacket.ReceiverReport report -> take(report.blocks());
                case RtcpPacket.Bye ignored -> {}
                case RtcpPacket.Other ignored -> {}
            }
        }
        if (!packets.isEmpty()) {
            heardFrom = from;
        }
        return !packets.isEmpty();
    }

    private void take(List<ReportBlock> blocks) {
        for (ReportBlock block : blocks) {
            if (block.ssrc() == wire.outgoing().ssrc()) {
                far.came(block, wire.outgoing().packets(), world.time().nanos());
            }
        }
    }

    void close() {
        timer.cancel();
        send(true);
    }
}
