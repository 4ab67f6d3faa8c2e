package teleapi.call.stream;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * WebSockets to servers that are not ours.
 *
 * <pre>
 * Thread  open and send may wait: only in work started with World.start. The rest: any, without waiting
 * Errors  none thrown: they are answers, or told
 * Source  RFC 6455
 * </pre>
 */
@FunctionalInterface
public interface Sockets {
    /** Waits until it is open, or cannot be. {@code told} may be called on any thread, in order, and must only post. */
    Opening open(Ask ask, Consumer<Event> told);

    /**
     * Where to.
     *
     * @param url of the scheme ws or wss
     * @param largestMessage in characters
     */
    record Ask(String url, Map<String, String> headers, int largestMessage) {}

    /** What came of it. */
    sealed interface Opening {
        record Open(Socket socket) implements Opening {}

        /** {@code code} is one of docs/errors.md. */
        record Refused(int code, String reason) implements Opening {}
    }

    /** What comes from the server; a message only when it was asked for by {@link Socket#more}. */
    sealed interface Event {
        record Text(String text) implements Event {}

        /** A message that is no text; what it was is not kept. */
        record Binary() implements Event {}

        /** A message that is too large; no more comes. */
        record TooLarge() implements Event {}

        /** The server has closed it; no more comes. */
        record Closed(int code) implements Event {}

        /** It is lost; no more comes. */
        record Broken(String reason) implements Event {}
    }

    /** How it went. */
    enum Sent {
        SENT,
        /** The server does not read. */
        STUCK,
        /** It is lost, or closed. */
        GONE
    }

    /** One that is open. */
    interface Socket {
        /** Waits until the system has taken the whole message. After anything but SENT no more can be sent. */
        Sent send(String text, Duration patience);

        /** Lets the next message come. */
        void more();

        /** Says that no more will be sent; the server's answer is told as Closed. */
        void close(int code);

        /** Gives it up, whatever state it is in. */
        void abort();
    }
}
