package teleapi.sip.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import teleapi.sip.SipUri;
import teleapi.sip.Transport;

/** Where a request goes next. */
public sealed interface Hop {
    /** What an absent port means (RFC 3261 §19.1.2). */
    int PORT = 5060;

    Transport transport();

    /** An address, ready to send to. */
    record Known(Path path) implements Hop {
        @Override
        public Transport transport() {
            return path.transport();
        }
    }

    /** A name that must be resolved first, off the worker. */
    record Named(Transport transport, String host, int port) implements Hop {}

    /** Where a URI leads; empty for tel:, sips: and transports that we do not speak. */
    static Optional<Hop> of(SipUri uri) {
        if (!uri.scheme().equals("sip")) {
            return Optional.empty();
        }
        Optional<Transport> transport = transport(uri);
        if (transport.isEmpty()) {
            return Optional.empty();
        }
        int port = uri.port().orElse(PORT);
        // RFC 3261 §19.1.1: maddr overrides the host for our own requests
        String host = uri.parameter("maddr").filter(text -> !text.isEmpty()).orElse(uri.host());
        Optional<InetAddress> literal = literal(host);
        if (literal.isPresent()) {
            return Optional.of(new Known(Path.to(transport.get(), new InetSocketAddress(literal.get(), port))));
        }
        return Optional.of(new Named(transport.get(), host, port));
    }

    private static Optional<Transport> transport(SipUri uri) {
        String name = uri.parameter("transport").orElse("udp");
        if (name.equalsIgnoreCase("udp")) {
            return Optional.of(Transport.UDP);
        }
        return name.equalsIgnoreCase("tcp") ? Optional.of(Transport.TCP) : Optional.empty();
    }

    private static Optional<InetAddress> literal(String host) {
        if (host.isEmpty()) {
            return Optional.empty();
        }
        char first = host.charAt(0);
        if (first != '[' && (first < '0' || first > '9')) {
            return Optional.empty();
        }
        String bare = first == '[' && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        try {
            // reads literals only, never asks the network
            return Optional.of(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException notLiteral) {
            return Optional.empty();
        }
    }

    /** An address as a URI's host: IPv6 in brackets. */
    static String host(InetAddress address) {
        String text = address.getHostAddress();
        if (address instanceof Inet6Address) {
            int zone = text.indexOf('%');
            return '[' + (zone < 0 ? text : text.substring(0, zone)) + ']';
        }
        return text;
    }
}
