package teleapi.rest.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Whether the client of a request is still there. While a request is at work Jetty does not read from its connection, and the first write
 * after a client has closed succeeds: only a look at the input tells.
 *
 * <pre>
 * Thread  the request's, after the whole request was read and before it is answered
 * </pre>
 */
final class Presence {
    private Presence() {}

    /** It has closed its end: whoever still reads then is none of the clients that repeat. */
    static boolean gone(Request request) {
        Connection connection = request.getConnectionMetaData().getConnection();
        EndPoint line = connection.getEndPoint();
        // Without a way to give back what is read in passing (a pipelined request) there is no looking.
        if (!(connection instanceof Connection.UpgradeTo reader)) {
            return !line.isOpen();
        }
        ByteBuffer next = BufferUtil.allocate(1);
        try {
            int read = line.fill(next);
            if (read > 0) {
                reader.onUpgradeTo(next);
            }
            return read < 0;
        } catch (IOException broken) {
            return true;
        }
    }
}
