package teleapi.call.stream;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import teleapi.call.webhook.Unreached;

/**
 * Real WebSockets, with the JDK's client.
 *
 * <pre>
 * Shape   10 s to open one; redirects are not followed
 * Source  RFC 6455; ADR-0006
 * </pre>
 */
public final class JdkSockets implements Sockets, AutoCloseable {
    /** docs/errors.md: the server cannot be reached in time. */
    static final int UNREACHABLE = 31901;

    /** docs/errors.md: it answers with something else than an upgrade. */
    static final int NO_UPGRADE = 31920;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    @Override
    public Opening open(Ask ask, Consumer<Event> told) {
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(PATIENCE);
        ask.headers().forEach(builder::header);
        CompletableFuture<WebSocket> opening;
        try {
            opening = builder.buildAsync(URI.create(ask.url()), new Listener(ask.largestMessage(), told));
        } catch (IllegalArgumentException unusable) {
            return new Opening.Refused(11100, "not a URL that can be requested: " + unusable.getMessage());
        }
        try {
            return new Opening.Open(new Open(opening.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (TimeoutException slow) {
            var _ = opening.thenAccept(WebSocket::abort);
            return refused("took longer than " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException | ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            return switch (cause) {
                case WebSocketHandshakeException answered ->
                    new Opening.Refused(
                            NO_UPGRADE,
                            "was answered with " + answered.getResponse().statusCode() + " instead of 101");
                case HttpTimeoutException slow -> refused("took longer than " + PATIENCE.toSeconds() + " s");
                default -> refused("cannot be reached: " + Unreached.why(cause));
            };
        }
    }

    private static Opening refused(String reason) {
        return new Opening.Refused(UNREACHABLE, reason);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private record Open(WebSocket socket) implements Socket {
        @Override
        public Sent send(String text, Duration patience) {
            try {
                socket.sendText(text, true).get(patience.toMillis(), TimeUnit.MILLISECONDS);
                return Sent.SENT;
            } catch (TimeoutException stuck) {
                return Sent.STUCK;
            } catch (InterruptedException | ExecutionException | IllegalStateException gone) {
                return Sent.GONE;
            }
        }

        @Override
        public void more() {
            socket.request(1);
        }

        @Override
        public void close(int code) {
            // One that is lost cannot be closed, which the future says and nobody needs to know.
            CompletableFuture<WebSocket> ignored = socket.sendClose(code, "");
            ignored.exceptionally(lost -> socket);
        }

        @Override
        public void abort() {
            socket.abort();
        }
    }

    /** Puts messages together; called by the client, one call at a time. */
    private static final class Listener implements WebSocket.Listener {
        // Owned by whoever the client calls it on, one after the other.

        private final int largest;
        private final Consumer<Event> told;
        private final StringBuilder text = new StringBuilder();
        private int octets;

        Listener(int largest, Consumer<Event> told) {
            this.largest = largest;
            this.told = told;
        }

        @Override
        public void onOpen(WebSocket socket) {
            socket.request(1);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            if (text.length() + part.length() > largest) {
                told.accept(new Event.TooLarge());
            } else {
                text.append(part);
                if (last) {
                    told.accept(new Event.Text(text.toString()));
                    text.setLength(0);
                } else {
                    socket.request(1);
                }
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
            octets += part.remaining();
            if (octets > largest) {
                told.accept(new Event.TooLarge());
            } else if (last) {
                octets = 0;
                told.accept(new Event.Binary());
            } else {
                socket.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            told.accept(new Event.Closed(code));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            told.accept(new Event.Broken(Unreached.why(error)));
        }
    }
}
