package teleapi.call.webhook;

import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request as a server reads it that is written here to say what no server should. */
final class RequestOnWire {
    private RequestOnWire() {}

    /** Reads one to its end and gives its head; empty: the connection was closed before. */
    static Optional<String> read(Socket in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.getInputStream().read();
            if (octet < 0) {
                return Optional.empty();
            }
            head.append((char) octet);
        }
        Matcher length = Pattern.compile("Content-Length: (\\d+)").matcher(head);
        in.getInputStream().readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return Optional.of(head.toString());
    }
}
