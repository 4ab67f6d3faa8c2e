package teleapi.lab.demo;

import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;

/** A kept WebSocket server with bots on it, on a free port. */
public final class BotHost {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    /** X-Twilio-Signature of the upgrades. */
    final Mailbox<String> signatures;

    /** {@code bots} by their paths, each made for one connection. */
    public BotHost(World world, Map<String, Supplier<Object>> bots) throws Exception {
        signatures = world.mailbox("signatures", 100);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(WebSocketUpgradeHandler.from(
                server,
                container -> bots.forEach((path, bot) -> container.addMapping(path, (request, response, callback) -> {
                    signatures.post(String.valueOf(request.getHeaders().get("X-Twilio-Signature")));
                    return bot.get();
                }))));
        server.start();
    }

    public String url(String path) {
        return "ws://127.0.0.1:" + connector.getLocalPort() + path;
    }

    public void close() throws Exception {
        server.stop();
    }
}
