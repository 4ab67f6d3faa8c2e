package teleapi.call.stream;

import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.Call;
import teleapi.call.CallEvent;
import teleapi.call.webhook.ProgressCallbacks;
import teleapi.call.webhook.Signature;
import teleapi.media.Layer;
import teleapi.media.MediaSession;
import teleapi.media.Tracks;
import teleapi.runtime.Mailbox;
import teleapi.runtime.Time;

/**
 * One stream, from the opening of its WebSocket to its end: sends what the media loop hands over, and has played what comes. The call only says
 * stop; what became of it is posted to the call, told to the application, and needs the call no more.
 *
 * <pre>
 * Shape   one message of the server at a time; the next one may come when the media loop has taken what was in it
 * Thread  stop: the call's. digit: any. The rest: the stream's own
 * Errors  are its end, or a notification: the call goes on
 * Source  ADR-0020; docs/api/streams.md
 * </pre>
 */
public final class MediaStream {
    // What is below `box` is owned by the stream's thread.

    private static final Logger LOG = LoggerFactory.getLogger(MediaStream.class);

    private static final int CLOSED_BADLY = 31921;
    private static final int PROTOCOL = 31924;
    private static final int UNUSABLE = 31951;
    private static final int BEHIND = 29650;
    private static final int FULL = 29651;

    /** Looks so often whether there is sound to be sent: a frame is not older than this when it goes. */
    private static final Duration LOOK = Duration.ofMillis(20);

    /** Between two looks at what else there is. */
    private static final int MOST_AT_ONCE = 25;
    /** A server that takes nothing for so long is given up. */
    private static final Duration SENDING = Duration.ofSeconds(5);

    private static final Duration CLOSING = Duration.ofSeconds(2);
    /** Bots send speech as fast as they make it; nobody listens longer to one. 5 MB. */
    private static final Duration MOST_WAITING = Duration.ofMinutes(10);

    private static final int MOST_MARKS = 1_000;
    /** Of a server that says nothing else, no more is expected. */
    private static final int MOST_UNUSABLE = 100;

    private static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;
    private static final int NO_STATUS = 1005;
    private static final int POLICY = 1008;
    private static final int TOO_LARGE = 1009;

    private sealed interface Message {
        record Came(Sockets.Event event) implements Message {}

        /** The media loop has taken sound, or had no room for it. */
        record Taken(boolean kept) implements Message {}

        record Reached(String mark) implements Message {}

        record Digit(char digit) implements Message {}

        record Stop(String reason) implements Message {}
    }

    /** How it ends; {@code code} 0: as it should. */
    private record End(int code, String reason, Optional<String> toldToServer, int closeCode) {
        static End asked(String reason) {
            return new End(0, "", Optional.of(reason), NORMAL);
        }

        static End failed(int code, String reason, int closeCode) {
            return new End(code, reason, Optional.empty(), closeCode);
        }
    }

    private final Streaming streaming;
    private final Time time;
    private final Call call;
    private final StreamTerms terms;
    private final MediaSession media;
    private final long number;
    private final Mailbox<Message> box;

    private final ServerMessages says;
    private final ProgressCallbacks callbacks;
    private final Fork fork;
    private final byte[] frame = new byte[Fork.FRAME];
    private Optional<End> end = Optional.empty();
    private long nextFrame;
    private boolean gone;
    private boolean behind;
    private boolean full;
    private int unusable;
    private int marks;

    MediaStream(Streaming streaming, Call call, StreamTerms terms, Layer layer, long number) {
        this.streaming = streaming;
        this.time = streaming.world.time();
        this.call = call;
        this.terms = terms;
        this.media = call.media().orElseThrow();
        this.number = number;
        this.box = streaming.world.mailbox("stream " + terms.sid(), 1_000);
        this.says = new ServerMessages(
                terms, call.account().sid().text(), call.sid().text());
        this.callbacks = new ProgressCallbacks(
                streaming.world, streaming.webhooks, call.account().authToken(), call.journal());
        this.fork = new Fork(terms.trackNames().size());
        if (terms.bidirectional()) {
            // Here and in stop, on the call's thread: what it plays next is then next.
            media.playFed(layer, number, MOST_WAITING);
        }
    }

    // ---- any thread

    public StreamTerms terms() {
        return terms;
    }

    /** Ends it; nothing of it is heard any more, and {@code reason} is told to the server. Of no effect when it has ended. */
    public void stop(String reason) {
        box.post(new Message.Stop(reason));
        media.stopPlayback(number);
    }

    /** The party has pressed a key. */
    public void digit(char digit) {
        box.post(new Message.Digit(digit));
    }

    // ---- the stream's thread

    void run() {
        End last;
        try {
            last = stream();
        } catch (RuntimeException bug) {
            LOG.error("stream {} of call {} ends by a fault of ours", terms.sid(), call.sid(), bug);
            last = End.failed(CLOSED_BADLY, "a fault of ours", NORMAL);
        }
        media.stopRecording(number);
        media.stopPlayback(number);
        box.close();
        tell(last.code() == 0 ? "stream-stopped" : "stream-error", last.reason());
        callbacks.end(() -> {});
        call.post(new CallEvent.StreamEnded(terms.sid(), last.code(), last.reason()));
    }

    private End stream() {
        String signature =
                Signature.of(call.account().authToken(), terms.stream().url(), Map.of());
        var ask = new Sockets.Ask(
                terms.stream().url(),
                Map.of("X-Twilio-Signature", signature, "X-Teleapi-Signature", signature),
                BotMessage.LARGEST);
        return switch (streaming.sockets.open(ask, event -> box.post(new Message.Came(event)))) {
            case Sockets.Opening.Refused(int code, String reason) ->
                End.failed(code, "the server of stream " + terms.name() + " " + reason, NORMAL);
            case Sockets.Opening.Open(Sockets.Socket socket) -> over(socket);
        };
    }

    private End over(Sockets.Socket socket) {
        try {
            send(socket, says.connected());
            send(socket, says.start());
            tell("stream-started", "");
            begin();
            while (end.isEmpty()) {
                Optional<Message> message = box.take(time.after(gone ? CLOSING : LOOK));
                message.ifPresent(next -> handle(socket, next));
                if (gone && message.isEmpty()) {
                    ends(End.failed(CLOSED_BADLY, sentence("the connection is lost"), NORMAL));
                }
                sendSound(socket);
            }
            return close(socket, end.get());
        } finally {
            socket.abort();
        }
    }

    private void begin() {
        media.fork(
                number,
                fork,
                switch (terms.stream().track()) {
                    case INBOUND -> Tracks.SAID;
                    case OUTBOUND -> Tracks.HEARD;
                    case BOTH -> Tracks.DUAL;
                });
    }

    private void handle(Sockets.Socket socket, Message message) {
        switch (message) {
            case Message.Came(Sockets.Event event) -> came(socket, event);
            case Message.Taken(boolean kept) -> {
                if (!kept && !full && end.isEmpty()) {
                    full = true;
                    trouble(
                            FULL,
                            "sound from the server is left out: more than " + MOST_WAITING.toMinutes()
                                    + " minutes wait");
                }
                socket.more();
            }
            case Message.Reached(String mark) -> {
                marks--;
                send(socket, says.mark(mark));
            }
            case Message.Digit(char digit) -> send(socket, says.digit(digit));
            case Message.Stop(String reason) -> ends(End.asked(reason));
        }
    }

    private void came(Sockets.Socket socket, Sockets.Event event) {
        switch (event) {
            case Sockets.Event.Text(String text) -> said(socket, text);
            case Sockets.Event.Binary() -> unusable(socket, "a message is binary");
            case Sockets.Event.TooLarge() ->
                ends(End.failed(
                        PROTOCOL,
                        sentence("a message has more than " + BotMessage.LARGEST + " characters"),
                        TOO_LARGE));
            case Sockets.Event.Closed(int code) -> {
                gone = true;
                ends(closed(code));
            }
            case Sockets.Event.Broken(String reason) -> {
                gone = true;
                ends(End.failed(CLOSED_BADLY, sentence("the connection is lost: " + reason), NORMAL));
            }
        }
    }

    private End closed(int code) {
        return code == NORMAL || code == GOING_AWAY || code == NO_STATUS
                ? new End(0, "", Optional.empty(), NORMAL)
                : End.failed(CLOSED_BADLY, sentence("the server closed with " + code), NORMAL);
    }

    private void said(Sockets.Socket socket, String text) {
        BotMessage message = terms.bidirectional()
                ? BotMessage.read(text)
                : new BotMessage.Unusable("the server speaks, and the stream is in one direction");
        switch (message) {
            // The next message waits until this one has been taken: what is on its way is bounded by that.
            case BotMessage.Media(byte[] ulaw) -> media.feed(number, ulaw, kept -> box.post(new Message.Taken(kept)));
            case BotMessage.Mark(String name) -> {
                if (marks == MOST_MARKS) {
                    unusable(socket, "more than " + MOST_MARKS + " marks wait");
                } else {
                    marks++;
                    media.mark(number, () -> box.post(new Message.Reached(name)));
                    socket.more();
                }
            }
            case BotMessage.Clear() -> {
                media.clear(number);
                socket.more();
            }
            case BotMessage.Unusable(String reason) -> unusable(socket, reason);
        }
    }

    private void unusable(Sockets.Socket socket, String reason) {
        if (unusable++ == 0) {
            trouble(UNUSABLE, reason + "; it is ignored");
        }
        if (unusable > MOST_UNUSABLE) {
            ends(End.failed(PROTOCOL, sentence("more than " + MOST_UNUSABLE + " messages could not be used"), POLICY));
        }
        socket.more();
    }

    private void sendSound(Sockets.Socket socket) {
        for (int i = 0; i < MOST_AT_ONCE && end.isEmpty(); i++) {
            long read = fork.read();
            if (read < 0) {
                return;
            }
            if (read > nextFrame) {
                streaming.lost(read - nextFrame);
                if (!behind) {
                    behind = true;
                    trouble(BEHIND, "the server is too slow: the oldest sound is left out");
                }
            }
            nextFrame = read + 1;
            for (int track = 0; track < terms.trackNames().size(); track++) {
                fork.encode(track, frame);
                String payload = Base64.getEncoder().encodeToString(frame);
                send(socket, says.media(terms.trackNames().get(track), read, payload));
            }
        }
    }

    private void send(Sockets.Socket socket, String text) {
        if (gone || end.isPresent()) {
            return;
        }
        switch (socket.send(text, SENDING)) {
            case SENT -> {}
            case STUCK ->
                ends(End.failed(
                        CLOSED_BADLY,
                        sentence("the server has read nothing for " + SENDING.toSeconds() + " s"),
                        NORMAL));
            // What comes from it tells why.
            case GONE -> gone = true;
        }
    }

    /** The first reason counts. */
    private void ends(End why) {
        if (end.isEmpty()) {
            end = Optional.of(why);
        }
    }

    /** Says stop when the server does not know, and waits a little for it to close. */
    private End close(Sockets.Socket socket, End why) {
        if (gone) {
            return why;
        }
        if (why.toldToServer().isPresent()
                && socket.send(says.stop(why.toldToServer().get()), CLOSING) != Sockets.Sent.SENT) {
            return why;
        }
        socket.close(why.closeCode());
        socket.more();
        var patience = time.after(CLOSING);
        for (var next = box.take(patience); next.isPresent(); next = box.take(patience)) {
            if (next.get() instanceof Message.Came(Sockets.Event event)) {
                if (event instanceof Sockets.Event.Closed || event instanceof Sockets.Event.Broken) {
                    return why;
                }
                socket.more();
            }
        }
        return why;
    }

    private String sentence(String what) {
        return "stream " + terms.name() + ": " + what;
    }

    private void trouble(int code, String what) {
        call.post(new CallEvent.StreamInTrouble(terms.sid(), code, sentence(what)));
    }

    private void tell(String event, String error) {
        terms.statusCallback().ifPresent(url -> {
            var parameters = new LinkedHashMap<String, String>();
            parameters.put("AccountSid", call.account().sid().text());
            parameters.put("CallSid", call.sid().text());
            parameters.put("StreamSid", terms.sid().text());
            parameters.put("StreamName", terms.name());
            parameters.put("StreamEvent", event);
            if (!error.isEmpty()) {
                parameters.put("StreamError", error);
            }
            parameters.put("Timestamp", time.now().toString());
            callbacks.tell(terms.stream().statusCallbackMethod(), url, parameters);
        });
    }
}
