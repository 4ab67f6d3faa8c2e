package teleapi.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Session;

/** A bot that hands on what it is told; public, because the server looks into it. */
public final class ListeningBot extends Session.Listener.AbstractAutoDemanding {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Consumer<Session> opened;
    private final Consumer<JsonNode> told;

    public ListeningBot(Consumer<Session> opened, Consumer<JsonNode> told) {
        this.opened = opened;
        this.told = told;
    }

    @Override
    public void onWebSocketOpen(Session session) {
        super.onWebSocketOpen(session);
        opened.accept(session);
    }

    @Override
    public void onWebSocketText(String text) {
        try {
            told.accept(JSON.readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
