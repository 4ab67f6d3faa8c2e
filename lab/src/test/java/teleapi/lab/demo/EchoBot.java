package teleapi.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** The example of docs/api/streams.md: says back what it hears. */
// example
public final class EchoBot extends Session.Listener.AbstractAutoDemanding {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void onWebSocketText(String text) {
        JsonNode message = json(text);
        switch (message.get("event").asText()) {
            case "media" -> say("""
                {"event":"media","media":{"payload":"%s"}}\
                """.formatted(message.at("/media/payload").asText()));
            case "dtmf" -> {
                switch (message.at("/dtmf/digit").asText()) {
                    case "*" -> say("""
                        {"event":"clear"}\
                        """);
                    case "#" -> getSession().close(1000, "", Callback.NOOP);
                    default -> say("""
                        {"event":"mark","mark":{"name":"heard until here"}}\
                        """);
                }
            }
            default -> {
                // connected, start, mark, stop: nothing to be said.
            }
        }
    }

    private void say(String message) {
        getSession().sendText(message, Callback.NOOP);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
// example
