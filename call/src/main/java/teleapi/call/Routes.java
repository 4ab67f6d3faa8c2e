package teleapi.call;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import teleapi.call.directory.Client;
import teleapi.call.directory.Directory;
import teleapi.rcml.Noun;
import teleapi.sip.Contact;
import teleapi.sip.Credentials;
import teleapi.sip.SipUri;
import teleapi.sip.UserAgent;
import teleapi.sip.message.Header;
import teleapi.sip.message.SipRequest;

/**
 * Where an address leads: a client's phones, a SIP URI, a number of ours, or any other number over the trunk.
 *
 * <pre>
 * Thread  any; answers from memory
 * Source  CONTRACT section 2 "Calls"; reference/restcomm.md 6.2
 * </pre>
 */
public final class Routes {
    /** reference/restcomm.md 5.3: more header text than this is no header but an attack. */
    private static final int LONGEST_HEADERS = 1_024;

    private static final String CLIENT = "client:";

    private final Directory directory;
    private final UserAgent sip;
    private final String ourHost;
    private final Optional<Trunk> trunk;

    Routes(Directory directory, UserAgent sip, String ourHost, Optional<Trunk> trunk) {
        this.directory = directory;
        this.sip = sip;
        this.ourHost = ourHost;
        this.trunk = trunk;
    }

    /** {@code +number}, {@code client:name} or {@code sip:uri}, each with optional {@code ?X-Name=value&…}; empty when it is none of them. */
    public Optional<List<Destination>> to(Sid account, String address, Optional<Credentials> credentials) {
        int question = address.indexOf('?');
        String plain = question < 0 ? address : address.substring(0, question);
        List<Header> headers = question < 0 ? List.of() : headers(address.substring(question + 1));
        Optional<String> login = login(plain);
        if (login.isPresent()) {
            return Optional.of(client(account, login.get(), headers));
        }
        if (plain.startsWith("sip:") || plain.startsWith("sips:")) {
            return SipUri.parse(plain).map(uri -> uri(account, uri, headers, credentials));
        }
        return number(plain).map(digits -> List.of(number(digits, headers)));
    }

    /** Where a noun of a Dial leads. */
    List<Destination> to(Sid account, Noun.Ringable noun) {
        Optional<Credentials> credentials = Optional.empty();
        String address = switch (noun) {
            case teleapi.rcml.Number number -> number.number();
            case teleapi.rcml.Client client -> clientAddress(client.name());
            case teleapi.rcml.Sip uri -> {
                credentials = uri.username()
                        .map(name -> new Credentials(name, uri.password().orElse("")));
                yield uri.uri();
            }
        };
        return to(account, address, credentials)
                .orElseGet(() ->
                        List.of(new Destination.Unreachable(address, 404, "nothing can be reached at " + address)));
    }

    private List<Destination> client(Sid account, String name, List<Header> headers) {
        String shown = clientAddress(name);
        if (directory.client(account, name).isEmpty()) {
            return List.of(new Destination.Unreachable(shown, 404, "no client " + name));
        }
        List<Contact> contacts = sip.contacts(name);
        if (contacts.isEmpty()) {
            return List.of(new Destination.Unreachable(shown, 480, "client " + name + " is not registered"));
        }
        return contacts.stream()
                .<Destination>map(contact -> new Destination.Reachable(
                        shown, contact.uri(), Optional.of(contact), Optional.empty(), headers))
                .toList();
    }

    private List<Destination> uri(Sid account, SipUri uri, List<Header> headers, Optional<Credentials> credentials) {
        // reference/restcomm.md 1221: a URI at our own domain is a client or a number, not a call through the network.
        if (ours(uri) && uri.user().isPresent()) {
            String user = uri.user().get();
            Optional<String> digits = number(user)
                    .filter(number -> number.startsWith("+")
                            || directory.client(account, user).isEmpty());
            return digits.isPresent() ? List.of(number(digits.get(), headers)) : client(account, user, headers);
        }
        return List.of(new Destination.Reachable(uri.bare().toString(), uri, Optional.empty(), credentials, headers));
    }

    /** A number of ours is called at our own door, every other one over the trunk. */
    private Destination number(String digits, List<Header> headers) {
        return directory.number(digits).isPresent()
                ? new Destination.Reachable(digits, atOurDoor(digits), Optional.empty(), Optional.empty(), headers)
                : overTrunk(digits, headers);
    }

    private SipUri atOurDoor(String number) {
        InetSocketAddress door = sip.address();
        // What listens on all addresses is reached at its own.
        InetAddress host = door.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : door.getAddress();
        String text = host.getHostAddress();
        return SipUri.of(number, text.indexOf(':') < 0 ? text : "[" + text + "]", door.getPort());
    }

    private Destination overTrunk(String digits, List<Header> headers) {
        return trunk.<Destination>map(there -> new Destination.Reachable(
                        digits, there.number(digits), Optional.empty(), there.credentials(), headers))
                .orElseGet(() -> new Destination.Unreachable(digits, 404, "there is no trunk for " + digits));
    }

    boolean ours(SipUri uri) {
        return uri.host().equals(ourHost)
                && uri.port().orElse(5060) == sip.address().getPort();
    }

    /** Whether an account may say that something comes from there: from anywhere but another's client, which would have to prove itself. */
    public boolean mayBeFrom(Sid account, String address) {
        int question = address.indexOf('?');
        String plain = question < 0 ? address : address.substring(0, question);
        Optional<String> login = login(plain);
        Optional<Client> named = login.isPresent()
                ? directory.client(login.get())
                : SipUri.parse(plain).flatMap(this::client);
        return named.filter(client -> !client.accountSid().equals(account)).isEmpty();
    }

    /** Whether a request says that it comes from a client of ours, which would have to prove itself. */
    boolean claimsToBeClient(SipRequest request) {
        return request.from().sipUri().flatMap(this::client).isPresent();
    }

    /** The client whose name a URI at our own domain has. */
    private Optional<Client> client(SipUri uri) {
        return Optional.of(uri).filter(this::ours).flatMap(SipUri::user).flatMap(directory::client);
    }

    /** The URI that stands in From for a caller id. */
    public SipUri caller(String callerId) {
        if (callerId.startsWith("sip:")) {
            return SipUri.parse(callerId).map(SipUri::bare).orElseGet(() -> at("anonymous"));
        }
        return at(login(callerId).orElse(callerId));
    }

    private SipUri at(String user) {
        return new SipUri(
                "sip",
                Optional.of(user),
                ourHost,
                java.util.OptionalInt.of(sip.address().getPort()),
                Map.of(),
                Map.of());
    }

    /** The address of a client. */
    static String clientAddress(String login) {
        return CLIENT + login;
    }

    /** Whose address it is; empty when it is none of a client. */
    static Optional<String> login(String address) {
        return address.startsWith(CLIENT) ? Optional.of(address.substring(CLIENT.length())) : Optional.empty();
    }

    /** The dialled digits of a telephone number; empty when it has anything else in it. */
    public static Optional<String> number(String text) {
        var digits = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("0123456789*#".indexOf(c) >= 0 || (c == '+' && digits.isEmpty())) {
                digits.append(c);
            } else if (" -.()".indexOf(c) < 0) {
                return Optional.empty();
            }
        }
        return digits.isEmpty() || digits.length() > 32 ? Optional.empty() : Optional.of(digits.toString());
    }

    /** A far end as webhooks show it, and as {@link #to} reads it: there a question mark begins headers, which a user may have in a URI. */
    static String shown(SipUri uri) {
        return uri.user()
                .flatMap(Routes::number)
                .orElseGet(() -> uri.bare().toString().replace("?", "%3F"));
    }

    /** Whom a request says that it comes from, as webhooks show it. */
    static String shownSender(SipRequest request) {
        return request.from().sipUri().map(Routes::shown).orElse("anonymous");
    }

    /** The {@code X-Name=value} pairs of a URI's query. */
    static List<Header> headers(String query) {
        var headers = new ArrayList<Header>();
        if (query.length() <= LONGEST_HEADERS) {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? "" : pair.substring(0, equals);
                String upper = name.toUpperCase(Locale.ROOT);
                // S10: only X- headers, not those that we write ourselves, and nothing that could end the header line.
                if (upper.startsWith("X-") && !upper.startsWith("X-TELEAPI-") && token(name)) {
                    headers.add(new Header(name, printable(pair.substring(equals + 1))));
                }
            }
        }
        return headers;
    }

    private static boolean token(String name) {
        return name.chars().allMatch(c -> c == '-' || c == '_' || (Character.isLetterOrDigit(c) && c < 128));
    }

    private static String printable(String escaped) {
        String value;
        try {
            // RFC 3261 §19.1.2: a + in a URI's headers is itself, it is no space as in a form.
            value = java.net.URLDecoder.decode(escaped.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException unusable) {
            value = escaped;
        }
        return value.chars()
                .filter(c -> c >= ' ' && c != 127)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
