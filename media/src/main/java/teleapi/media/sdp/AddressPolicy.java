package teleapi.media.sdp;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which addresses of a far end's SDP may get our packets: SDP is written by strangers, and must not make us a cannon.
 *
 * <pre>
 * Shape   literals only: a name would have to be looked up, by our resolver, for a stranger
 * Errors  the reason for a refusal is text for the log and the SIP answer
 * Source  RFC 8866 §5.7, RFC 6890 (special addresses), RFC 3927 (link-local, where clouds keep their metadata)
 * </pre>
 *
 * @param loopback whether this machine itself may be a far end: when we ourselves stand on a loopback address
 */
public record AddressPolicy(boolean loopback) {
    /** The longest IPv6 literal there is. */
    private static final int LONGEST_LITERAL = 45;

    /** What goes with our own address in SDP. */
    public static AddressPolicy of(String ownHost) {
        return new AddressPolicy(
                literal(ownHost).map(InetAddress::isLoopbackAddress).orElse(false));
    }

    /** Why sound is not sent there; empty: it may be. */
    public Optional<String> refusal(InetAddress address, int port) {
        if (port <= 0 || port > 65_535) {
            return Optional.of("port " + port);
        }
        if (address.isMulticastAddress()) {
            return Optional.of("a multicast address");
        }
        if (address.isAnyLocalAddress()) {
            return Optional.of("no address");
        }
        if (address.isLinkLocalAddress() && address instanceof Inet4Address) {
            return Optional.of("a link-local address");
        }
        if (address.isLoopbackAddress() && !loopback) {
            return Optional.of("a loopback address");
        }
        if (address instanceof Inet4Address) {
            byte[] bytes = address.getAddress();
            int first = bytes[0] & 0xff;
            // 0/8 is "this network", 240/4 reserved with the broadcast address at its end; a subnet's own broadcast
            // address we cannot know.
            if (first == 0 || first >= 240) {
                return Optional.of(first == 0 ? "an address of network 0" : "a reserved or broadcast address");
            }
        }
        return Optional.empty();
    }

    /** {@code 0.0.0.0} and {@code ::}: send nothing (RFC 3264 §8.4). */
    public static boolean isNowhere(String host) {
        return literal(host).map(InetAddress::isAnyLocalAddress).orElse(false);
    }

    /** The address of a literal; empty for a name and for anything odd. Never asks a resolver. */
    public static Optional<InetAddress> literal(String host) {
        if (host.length() > LONGEST_LITERAL) {
            return Optional.empty();
        }
        return host.indexOf(':') < 0 ? ip4(host) : ip6(host);
    }

    /** Four decimal numbers: neither 127.1 nor 0x7f000001 nor 010.0.0.1, which people and libraries read differently. */
    private static Optional<InetAddress> ip4(String host) {
        byte[] bytes = new byte[4];
        int at = 0;
        for (int i = 0; i < 4; i++) {
            int dot = i < 3 ? host.indexOf('.', at) : host.length();
            if (dot < 0 || dot - at > 3 || (dot - at > 1 && host.charAt(at) == '0')) {
                return Optional.empty();
            }
            OptionalInt number = SdpParser.number(host.substring(at, dot), 255);
            if (number.isEmpty()) {
                return Optional.empty();
            }
            bytes[i] = (byte) number.getAsInt();
            at = dot + 1;
        }
        return Optional.of(ofBytes(bytes));
    }

    private static Optional<InetAddress> ip6(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            // No zone (%): a scope of the far end's machine means nothing here.
            if (c != ':' && c != '.' && Character.digit(c, 16) < 0) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(Inet6Address.ofLiteral(host));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    private static InetAddress ofBytes(byte[] four) {
        try {
            return InetAddress.getByAddress(four);
        } catch (java.net.UnknownHostException impossible) {
            throw new AssertionError("four bytes are an address", impossible);
        }
    }
}
