package teleapi.lab.peers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Base64;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import teleapi.lab.demo.ListeningBot;

/**
 * Who is at the far end of streams, one after the other: keeps what it hears on each track, and says its tone.
 *
 * <pre>
 * Shape   the messages of docs/api/streams.md; µ-law at 8 kHz
 * Thread  the test's; messages are told from the WebSocket server's
 * </pre>
 */
final class Bot {
    private static final int FRAME = 160;

    private final Voice voice;
    private final Happenings<Session> sessions;
    private final Happenings<JsonNode> messages;
    private final Recording inbound;
    private final Recording outbound;

    Bot(Voice voice) {
        this.voice = voice;
        this.sessions = new Happenings<>(voice.name());
        this.messages = new Happenings<>(voice.name());
        this.inbound = new Recording(voice);
        this.outbound = new Recording(voice);
    }

    /** For the next connection. */
    Object listener() {
        return new ListeningBot(sessions::add, this::told);
    }

    private void told(JsonNode message) {
        if (!message.path("event").asText().equals("media")) {
            messages.add(message);
            return;
        }
        byte[] bytes = Base64.getDecoder().decode(message.at("/media/payload").asText());
        short[] samples = new short[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            samples[i] = MuLaw.decode(bytes[i]);
        }
        Recording track = message.at("/media/track").asText().equals("inbound") ? inbound : outbound;
        track.hear(samples, samples.length, System.nanoTime());
    }

    /** Waits until it is connected. */
    Session isConnected() {
        return sessions.take("connection", session -> true);
    }

    /** What the party says. */
    Recording inbound() {
        return inbound;
    }

    /** What the party hears. */
    Recording outbound() {
        return outbound;
    }

    /** Waits for a message that is no sound. */
    JsonNode isTold(String event) {
        return messages.take(event, message -> message.path("event").asText().equals(event));
    }

    /** Its tone for so long, sent at once. */
    void says(Session session, int seconds) {
        byte[] tone = new byte[8_000 * seconds];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = MuLaw.encode((int) (Handset.LOUDNESS * Math.sin(2 * Math.PI * voice.tone() * i / 8_000)));
        }
        for (int at = 0; at < tone.length; at += FRAME) {
            String payload = Base64.getEncoder().encodeToString(Arrays.copyOfRange(tone, at, at + FRAME));
            session.sendText("{\"event\":\"media\",\"media\":{\"payload\":\"" + payload + "\"}}", Callback.NOOP);
        }
    }

    void hangsUp(Session session) {
        session.close(1000, "", Callback.NOOP);
    }
}
