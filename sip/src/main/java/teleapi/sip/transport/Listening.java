package teleapi.sip.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import teleapi.runtime.DatagramPort;
import teleapi.runtime.Network;
import teleapi.runtime.StreamListener;

/** A UDP and a TCP socket on the same address. */
public record Listening(DatagramPort datagrams, StreamListener streams) {
    /** How often a free UDP port may turn out to be taken for TCP before we give up. */
    private static final int TRIES = 50;

    /** Binds both; with port 0 any port number that is free for both. */
    public static Listening bind(Network network, InetSocketAddress local) throws IOException {
        for (int tries = 1; ; tries++) {
            DatagramPort datagrams = network.bindDatagram(local);
            try {
                InetSocketAddress same = new InetSocketAddress(
                        local.getAddress(), datagrams.local().getPort());
                return new Listening(datagrams, network.bindStream(same));
            } catch (IOException taken) {
                datagrams.close();
                if (local.getPort() != 0 || tries == TRIES) {
                    throw taken;
                }
            }
        }
    }

    public void close() {
        datagrams.close();
        streams.close();
    }
}
