package teleapi.media.rtp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whose packets are the peer's, and where its own go: so that no stranger is heard, and none hears.
 *
 * <p>After each negotiation the peer is looked for. It is who sends from the very address of its SDP, at once; else, when
 * nothing comes from that, who sends from the same host; else, when it cannot be reached from here or stays silent, whoever sends a
 * few packets that belong together. Then it is fixed, and only the very address of the SDP still takes precedence. Until then nothing is heard, and
 * we send to the SDP's address alone. A source that keeps sending through a new negotiation stays, and one that is to be silent by it (on hold) does, too.
 *
 * <pre>
 * Thread  the media loop's
 * Source  RFC 4961; reference: reliability M1, M2 (CVE-2017-14099, CVE-2025-53399)
 * </pre>
 */
public final class SourceLatch {
    // Owned by the thread of the media loop.

    static final int FROM_SAME_HOST = 3;
    static final int FROM_ELSEWHERE = 5;
    /** How long who is known must be silent before another one is listened to, or the SDP's address before another port of its host. */
    static final long SILENCE_OF_PORT_NANOS = 400_000_000L;

    /** How long a reachable SDP address must be silent before another host is listened to. */
    static final long SILENCE_OF_HOST_NANOS = 2_000_000_000L;

    private static final int CANDIDATES = 4;

    private final Candidate[] candidates = new Candidate[CANDIDATES];
    private int replaceNext;
    private Optional<InetSocketAddress> declared = Optional.empty();
    private boolean reachable;
    private long since;
    private @Nullable InetSocketAddress source;
    private boolean fixed;
    private boolean nowhere = true;
    private Optional<InetSocketAddress> target = Optional.empty();

    public SourceLatch() {
        for (int i = 0; i < CANDIDATES; i++) {
            candidates[i] = new Candidate();
        }
    }

    /**
     * A negotiation is done: the search is open again.
     *
     * @param address the SDP's; empty when it has none that may be sent to (on hold, or refused): then nothing is sent, and who was the peer
     *     may stay so
     * @param speaks whether the peer will send: who is known and will not leaves its place to nobody
     */
    public void negotiated(Optional<InetSocketAddress> address, boolean speaks, long nanos) {
        boolean moved = address.isPresent() && !address.equals(declared);
        since = nanos;
        fixed = !speaks && !moved && source != null;
        nowhere = address.isEmpty();
        if (moved) {
            declared = address;
            reachable = routable(address.get().getAddress());
            source = null;
            target = address;
        }
        for (Candidate candidate : candidates) {
            candidate.address = null;
        }
    }

    /** Whether a packet from there is the peer's. */
    public boolean admits(InetSocketAddress from, RtpPacket packet, long nanos) {
        if (from.equals(source)) {
            fixed = true;
            return true;
        }
        if (declared.isPresent() && from.equals(declared.get())) {
            fix(from, true);
            return true;
        }
        return !fixed && learned(from, packet, nanos);
    }

    private boolean learned(InetSocketAddress from, RtpPacket packet, long nanos) {
        boolean sameHost =
                declared.isPresent() && from.getAddress().equals(declared.get().getAddress());
        int needed = sameHost ? FROM_SAME_HOST : FROM_ELSEWHERE;
        if (candidate(from).followed(packet) < needed) {
            return false;
        }
        boolean atOnce = !sameHost && !reachable && source == null;
        long silence = !sameHost && reachable ? SILENCE_OF_HOST_NANOS : atOnce ? 0 : SILENCE_OF_PORT_NANOS;
        if (nanos - since < silence) {
            return false;
        }
        // A reachable address stays the one we send to: who speaks from elsewhere may be heard, but gets nothing it was
        // not promised.
        fix(from, sameHost || !reachable);
        return true;
    }

    private void fix(InetSocketAddress from, boolean sendThere) {
        source = from;
        fixed = true;
        if (sendThere) {
            target = Optional.of(from);
            nowhere = false;
        }
    }

    private Candidate candidate(InetSocketAddress from) {
        for (Candidate candidate : candidates) {
            if (from.equals(candidate.address)) {
                return candidate;
            }
        }
        Candidate chosen = candidates[replaceNext];
        replaceNext = (replaceNext + 1) % CANDIDATES;
        chosen.address = from;
        chosen.count = 0;
        return chosen;
    }

    /** Whether control packets from there are the peer's: they come from the same host, on whatever port. */
    public boolean admitsControl(InetSocketAddress from) {
        InetSocketAddress known = source != null ? source : declared.orElse(null);
        return known != null && known.getAddress().equals(from.getAddress());
    }

    /** Where to send. */
    public Optional<InetSocketAddress> target() {
        return nowhere ? Optional.empty() : target;
    }

    /** Whether sound is sent where the SDP said. */
    public boolean sendsAsDeclared() {
        return target.equals(declared);
    }

    /** Whether an address of a stranger's SDP can mean the same host to us (not RFC 1918, 6598, 4193, loopback, link-local). */
    static boolean routable(InetAddress address) {
        byte[] octets = address.getAddress();
        boolean shared = octets.length == 4 && octets[0] == 100 && (octets[1] & 0xc0) == 64;
        boolean uniqueLocal = octets.length == 16 && (octets[0] & 0xfe) == 0xfc;
        return !(shared
                || uniqueLocal
                || address.isSiteLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress());
    }

    /** Someone who might be the peer. */
    private static final class Candidate {
        // Owned by the latch.
        private @Nullable InetSocketAddress address;
        private int ssrc;
        private int sequence;
        private int count;

        /** Packets in a row that belong together: one source, in order, with small gaps. */
        int followed(RtpPacket packet) {
            int step = (short) (packet.sequence() - sequence);
            boolean follows = count > 0 && packet.ssrc() == ssrc && step > 0 && step <= 3;
            count = follows ? count + 1 : 1;
            ssrc = packet.ssrc();
            sequence = packet.sequence();
            return count;
        }
    }
}
