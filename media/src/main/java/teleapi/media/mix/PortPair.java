package teleapi.media.mix;

import teleapi.runtime.DatagramPort;

/** The sockets of a session: RTP on an even port, RTCP on the next (RFC 3550 §11). */
record PortPair(DatagramPort rtp, DatagramPort rtcp) {
    static final int SOCKETS = 2;

    void close() {
        rtp.close();
        rtcp.close();
    }
}
