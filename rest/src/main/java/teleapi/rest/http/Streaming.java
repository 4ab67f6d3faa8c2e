package teleapi.rest.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;

/**
 * Writes a body that has no end, piece by piece, and cuts off a client that does not take a piece in time.
 *
 * <pre>
 * Thread  the request's
 * </pre>
 */
final class Streaming {
    /** A piece is at most some hundred KiB: who cannot take that in 10 s will not keep up. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Streaming() {}

    /** Runs the stream to its end; status and headers are set. */
    static void run(World world, Reply.Body.Streamed body, Request request, Response response, Callback callback) {
        Mailbox<Boolean> written = world.mailbox("stream", 1);
        Outlet outlet = text -> {
            response.write(
                    false,
                    ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)),
                    Callback.from(() -> written.post(true), failure -> written.post(false)));
            Optional<Boolean> sent = written.take(world.time().after(PATIENCE));
            if (sent.isEmpty()) {
                // Ends the connection; a polite end would wait behind what is stuck.
                request.getConnectionMetaData().getConnection().getEndPoint().close(new TimeoutException("too slow"));
            }
            return sent.orElse(false);
        };
        try {
            body.stream().accept(outlet);
        } finally {
            response.write(true, ByteBuffer.allocate(0), callback);
        }
    }
}
