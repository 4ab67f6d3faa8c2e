package teleapi.sip.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import teleapi.runtime.Randomness;
import teleapi.runtime.Time;
import teleapi.sip.SipUri;
import teleapi.sip.message.Header;
import teleapi.sip.message.Reasons;
import teleapi.sip.message.Refusal;
import teleapi.sip.message.SipRequest;

/**
 * Challenges requests and verifies their credentials.
 *
 * <p>A challenge leaves nothing behind: the nonce carries its time under a seal that only this server can make. What it finds is weighed in this
 * order: is the nonce ours, for this source and young; may this user from there be heard after so many wrong ones; is the response right, is it for
 * this URI, was its count used. So nobody learns from a nonce of his own whether a password is right, and a forged source address has no part in the
 * count of wrong ones. The response is computed for every attempt that is heard, with a secret nobody has when the user does not exist, so that
 * neither answer nor time tells the one from the other; what is not heard gets the same answer as what is wrong. Each server has a secret of its
 * own: what was captured at one is stale at another.
 *
 * <pre>
 * Units   a nonce lives three minutes
 * Thread  its owner's (one per SIP worker)
 * Source  RFC 7616 §3, §5; RFC 8760; RFC 3261 §22; reliability.md S1. Not for ACK and CANCEL, which cannot be challenged (§22.1)
 * </pre>
 */
public final class DigestServer {
    // Owned by one SIP worker.

    /** Long enough for a call with a slow password dialog, short enough that a captured nonce is soon worthless. */
    public static final Duration LIFETIME = Duration.ofMinutes(3);

    /** Credentials in one request; more are those of somebody who tries. */
    private static final int MOST_CREDENTIALS = 5;

    /**
     * Phones that give up, as if the password were wrong, when any challenge beside the MD5 one has an algorithm they do not know. By the rule
     * (RFC 8760 §2.4, and RFC 2617 §3.2.1 before it) they should pass it over; there are too many of them to be right about it.
     */
    private static final List<String> MD5_ALONE = List.of("baresip v0.", "baresip v1.", "baresip v2.", "baresip v3.");

    private final String realm;
    private final Nonces nonces;
    private final Guesses guesses;
    private final String nobodysPassword;

    public DigestServer(Time time, Randomness randomness, String realm) {
        this.realm = realm;
        this.nonces = new Nonces(time, randomness, LIFETIME);
        this.guesses = new Guesses(time);
        byte[] secret = new byte[16];
        randomness.fill(secret);
        this.nobodysPassword = HexFormat.of().formatHex(secret);
    }

    /**
     * The refusal that asks for credentials: SHA-256 first, then MD5; MD5 alone to those who are known not to bear the other. The source is the
     * far end's address as text: the nonce is for it alone.
     */
    public Refusal challenge(SipRequest request, Demand demand, String source) {
        return challenge(request, demand, source, false);
    }

    private Refusal challenge(SipRequest request, Demand demand, String source, boolean stale) {
        String nonce = nonces.make(source);
        List<Header> headers = new ArrayList<>(2);
        for (Algorithm algorithm : offered(request)) {
            Challenge challenge = new Challenge(realm, nonce, Optional.empty(), algorithm, stale, true);
            headers.add(new Header(demand.challengeHeader(), challenge.value()));
        }
        return new Refusal(demand.status(), Reasons.phrase(demand.status()), headers);
    }

    private static List<Algorithm> offered(SipRequest request) {
        String phone = request.header("User-Agent").orElse("");
        return MD5_ALONE.stream().anyMatch(phone::startsWith) ? List.of(Algorithm.MD5) : List.of(Algorithm.values());
    }

    /** Whether the request proves its user; {@code password} knows the secrets and answers from memory. */
    public Proof verify(SipRequest request, Demand demand, String source, Function<String, Optional<String>> password) {
        List<String> lines = request.headers(demand.credentialsHeader()).stream()
                .filter(DigestServer::isDigest)
                .limit(MOST_CREDENTIALS)
                .toList();
        if (lines.isEmpty()) {
            return wanting(request, Proof.Why.ABSENT, demand, source);
        }
        boolean read = false;
        for (String line : lines) {
            Optional<Authorization> credentials = Authorization.parse(line);
            if (credentials.isPresent() && credentials.get().realm().equals(realm)) {
                return verify(credentials.get(), request, demand, source, password);
            }
            read |= credentials.isPresent();
        }
        // all were for others (a trunk's realm, say), or none could be read
        return wanting(request, read ? Proof.Why.ABSENT : Proof.Why.WRONG, demand, source);
    }

    private static boolean isDigest(String line) {
        return line.regionMatches(true, 0, "Digest ", 0, 7);
    }

    private Proof verify(
            Authorization given,
            SipRequest request,
            Demand demand,
            String source,
            Function<String, Optional<String>> password) {
        if (!nonces.isOurs(given.nonce(), source)) {
            return wanting(request, Proof.Why.STALE, demand, source);
        }
        if (!guesses.heard(source, given.username())) {
            return wanting(request, Proof.Why.UNHEARD, demand, source);
        }
        Optional<String> secret = password.apply(given.username());
        String expected = given.expected(request.method(), secret.orElse(nobodysPassword));
        boolean right = same(expected, given.response().toLowerCase(Locale.ROOT));
        if (!right || secret.isEmpty() || !isFor(given.uri(), request)) {
            guesses.wrong(source, given.username());
            return wanting(request, Proof.Why.WRONG, demand, source);
        }
        // Without a count the nonce is good for one time.
        long count = given.count().map(by -> Long.parseLong(by.digits(), 16)).orElse(Long.MAX_VALUE);
        if (!nonces.use(given.nonce(), count)) {
            return wanting(request, Proof.Why.STALE, demand, source);
        }
        guesses.right(source, given.username());
        return new Proof.Given(given.username());
    }

    private Proof wanting(SipRequest request, Proof.Why why, Demand demand, String source) {
        return new Proof.Wanting(why, challenge(request, demand, source, why == Proof.Why.STALE));
    }

    // in the same time wherever they differ
    private static boolean same(String some, String other) {
        return MessageDigest.isEqual(some.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    // RFC 7616 §3.4.6: the URI of the credentials and that of the request must name the same thing
    private static boolean isFor(String uri, SipRequest request) {
        if (uri.equals(request.requestUri())) {
            return true;
        }
        Optional<SipUri> given = SipUri.parse(uri);
        Optional<SipUri> asked = request.uri();
        return given.isPresent() && asked.isPresent() && given.get().sameAs(asked.get());
    }
}
