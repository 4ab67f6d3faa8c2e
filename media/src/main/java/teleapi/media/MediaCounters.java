package teleapi.media;

/**
 * A reading for /metrics: sessions, rooms and ports as of now, packets as of a quarter of a second ago at most.
 *
 * @param sessions live now
 * @param rooms with at least one member now
 * @param portsUsed RTP and RTCP sockets bound now
 * @param packetsIn RTP packets accepted
 * @param packetsOut RTP packets sent
 * @param strangers packets from an address that is not the latched one: dropped
 * @param malformed packets that were no RTP or RTCP: dropped
 * @param excess packets that were more than their stream's clock allows: dropped
 * @param refusedSends datagrams the system did not take
 */
public record MediaCounters(
        int sessions,
        int rooms,
        int portsUsed,
        long packetsIn,
        long packetsOut,
        long strangers,
        long malformed,
        long excess,
        long refusedSends) {
    /** Both together. */
    public MediaCounters plus(MediaCounters other) {
        return new MediaCounters(
                sessions + other.sessions,
                rooms + other.rooms,
                portsUsed + other.portsUsed,
                packetsIn + other.packetsIn,
                packetsOut + other.packetsOut,
                strangers + other.strangers,
                malformed + other.malformed,
                excess + other.excess,
                refusedSends + other.refusedSends);
    }
}
