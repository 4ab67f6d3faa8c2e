package teleapi.runtime;

import java.net.InetSocketAddress;

/** A bound and listening TCP socket. */
public interface StreamListener {
    InetSocketAddress local();

    void close();
}
