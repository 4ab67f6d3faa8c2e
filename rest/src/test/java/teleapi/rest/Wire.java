package teleapi.rest;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A connection to the API, byte for byte, of a client that may leave before it is answered. */
final class Wire implements AutoCloseable {
    /** What came back. */
    record Answer(int status, Map<String, String> headers, String body) {
        boolean replayed() {
            return "true".equals(headers.get("idempotent-replayed"));
        }
    }

    private final Socket socket;

    private Wire(Socket socket) {
        this.socket = socket;
    }

    static Wire to(House house) {
        return from("127.0.0.1", house);
    }

    /** Another client address of this machine. */
    static Wire from(String address, House house) {
        try {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
            socket.connect(house.api.address());
            socket.setSoTimeout(20_000);
            return new Wire(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A POST as the parent account; header lines end in CRLF. */
    Wire post(String target, String form, String headers) {
        byte[] request = ("POST " + target + " HTTP/1.1\r\nHost: a\r\nAuthorization: "
                        + House.basic(House.PARENT.text(), House.token(House.PARENT))
                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\nUser-Agent: wire\r\n" + headers
                        + "Content-Length: " + form.length() + "\r\n\r\n" + form)
                .getBytes(StandardCharsets.ISO_8859_1);
        try {
            socket.getOutputStream().write(request);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing more will come from here. */
    Wire leave() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer answer() {
        try {
            InputStream in = socket.getInputStream();
            int status = Integer.parseInt(line(in).substring(9, 12));
            Map<String, String> headers = new TreeMap<>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            return new Answer(status, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the server has closed as well. */
    void end() {
        try {
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Optional<Answer> exchange(House house, String target, String form, String headers) {
        try (Wire wire = to(house)) {
            return Optional.of(wire.post(target, form, headers).answer());
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        var bytes = new DataInputStream(in);
        for (int next = bytes.readUnsignedByte(); next != '\n'; next = bytes.readUnsignedByte()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
